//! A dry run says what the real one does.

use std::fs;

use super::{counts, import, records, scene_of};
use crate::scene::{CONTRACTS, json};

/// Numbers that look random, and are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Companies of which many share domains, some have none, and some can't be read.
fn companies(numbers: &mut Numbers, count: usize) -> String {
    let mut text = "name,domains,employee_count\n".to_owned();
    for row in 0..count {
        let domain = |numbers: &mut Numbers| match numbers.below(3) {
            0 => format!("d{}.CH", numbers.below(40)),
            _ => format!("d{}.ch", numbers.below(40)),
        };
        let domains: Vec<String> = (0..numbers.below(4)).map(|_| domain(numbers)).collect();
        let employees = ["1", "2.5", "many", "", "1e9", "0.00001"];
        let employees = employees[usize::try_from(numbers.below(12)).unwrap() % 6];
        let surplus = if numbers.below(20) == 0 { ",x" } else { "" };
        text += &format!("c{row},{},{employees}{surplus}\n", domains.join(";"));
    }
    text
}

/// Orders of which some have no number, and some one of a record that is there.
fn orders(numbers: &mut Numbers, count: usize) -> String {
    let mut text = "order_number,status,order_date\n".to_owned();
    for _ in 0..count {
        let number = numbers.below(60);
        let number = if number == 0 { String::new() } else { number.to_string() };
        let status = ["Open", "shipped", "Lost", ""][usize::try_from(numbers.below(4)).unwrap()];
        text += &format!("{number},{status},2025-02-{}\n", 20 + numbers.below(12));
    }
    text
}

#[test]
fn a_dry_run_counts_what_the_real_run_does() {
    let mut numbers = Numbers(7);
    for contract in CONTRACTS {
        let scene = scene_of(contract);
        for round in 0..8 {
            for (object, text) in
                [("company", companies(&mut numbers, 60)), ("c_order", orders(&mut numbers, 60))]
            {
                let name = format!("{object}-{round}.csv");
                fs::write(scene.file(&name), &text).unwrap();
                let arguments = [object, &*name];
                let before = records(&scene, object).len();
                let dry = import(&scene, &[&arguments[..], &["--dry-run"]].concat());
                assert_eq!(records(&scene, object).len(), before, "nothing is written");
                let real = import(&scene, &arguments);
                assert_eq!(counts(&dry.out), counts(&real.out), "{contract:?}, {name}:\n{text}");
                assert_eq!(json(&dry.out)["merged"], json(&real.out)["merged"], "{name}:\n{text}");
                assert_eq!(dry.code, real.code);
                let created = usize::try_from(counts(&real.out)[0]).unwrap();
                assert_eq!(records(&scene, object).len(), before + created);
            }
        }
    }
}
