//! Links, by ids and by other fields.

use std::fs;

use super::{counts, error, import, records, scene, scene_of, values};
use crate::scene::CONTRACTS;

const MAPPED: [&str; 4] = ["c_order", "o.csv", "--map", "customer=company_id"];

#[test]
fn a_link_takes_the_id_of_a_record() {
    for contract in CONTRACTS {
        let scene = scene_of(contract);
        let id = scene.create("company", &["name=CERN"]);
        fs::write(scene.file("o.csv"), format!("order_number,customer\n1,{id}\n2, {id} \n"))
            .unwrap();
        let ended = import(&scene, &MAPPED);
        assert!(ended.error.contains("named by an id of `company`"), "{}", ended.error);
        assert_eq!(counts(&ended.done()), [2, 0, 0, 0, 0]);
        assert_eq!(values(&scene, "c_order", "company_id"), [id.as_str(), id.as_str()]);
    }
}

#[test]
fn what_is_no_id_is_written_into_no_link() {
    for contract in CONTRACTS {
        let scene = scene_of(contract);
        let id = scene.create("company", &["name=CERN"]);
        let first = scene.create("c_order", &["order_number=1", &format!("company_id={id}")]);
        let text = format!("order_number,customer\n1,ALFKI\n2,{id}\n3,{first}x-\n");
        fs::write(scene.file("o.csv"), text).unwrap();
        let dry = import(&scene, &[&MAPPED[..], &["--dry-run"]].concat());
        let real = import(&scene, &MAPPED);
        for ended in [&dry, &real] {
            assert_eq!((ended.code, counts(&ended.out)), (Some(3), [1, 0, 2, 0, 0]), "{ended:?}");
        }
        let refused = fs::read_to_string(scene.file("o.refused.csv")).unwrap();
        let reason = "`customer`: `ALFKI` is no id of a `company`; to find it by a field: \
                      `--link company_id=company.…`";
        assert!(refused.contains(reason) && dry.out.contains(reason), "{refused}");
        assert_eq!(values(&scene, "c_order", "company_id"), [id.as_str(), id.as_str()]);
    }
}

#[test]
fn a_column_without_an_id_is_told_before_anything_is_sent() {
    let scene = scene();
    fs::write(scene.file("o.csv"), "order_number,customer\n1,ALFKI\n2,\n3,ANATR\n").unwrap();
    let told = error(&import(&scene, &MAPPED), 2);
    let what = "column `customer`: `ALFKI` is no id of a `company`, nor is any other of its cells";
    assert!(told.starts_with(what), "{told}");
    assert!(told.contains("hint: say which is meant, as `--link company_id=company.domains`"));
    assert!(records(&scene, "c_order").is_empty());
}

#[test]
fn all_that_is_in_doubt_is_told_at_once() {
    let scene = scene();
    let text = "order_number,customer,order_date,freight\n1,ALFKI,04/07/2025,\"1,234\"\n";
    fs::write(scene.file("o.csv"), text).unwrap();
    let told = error(&import(&scene, &MAPPED), 2);
    for flag in [
        "--link company_id=company.domains",
        "--date-format order_date=DD/MM/YYYY",
        "--decimal freight=point",
    ] {
        assert!(told.contains(&format!("`{flag}`")), "{flag}: {told}");
    }
}
