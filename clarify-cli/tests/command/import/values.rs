//! Values in the forms that people write.

use std::fs;

use serde_json::json;

use super::{counts, import, records, scene, values};

#[test]
fn values_become_those_of_their_fields() {
    let scene = scene();
    let text = "Order Number;order date;freight;paid;status;marks\n\
                1;24.12.2025;1.234,50 €;x;open;a; b\n\
                2;\"1. March 2026\";\"(12,5)\";;SHIPPED;\"a; b;;a\"\n";
    fs::write(scene.file("o.csv"), text.replace("open;a; b", "open;a")).unwrap();
    let ended = import(&scene, &["c_order", "o.csv"]);
    assert!(ended.error.contains("the decimal mark is a comma"), "{}", ended.error);
    assert!(ended.error.contains("an empty cell is `false`"), "{}", ended.error);
    assert!(ended.error.contains("get the spelling of its option"), "{}", ended.error);
    ended.done();
    let orders = records(&scene, "c_order");
    let field = |place: usize, name: &str| orders[place].json(name).unwrap_or("-").to_owned();
    let shown = |place| ["order_date", "freight", "paid", "status"].map(|name| field(place, name));
    assert_eq!(shown(0), [r#""2025-12-24""#, "1234.50", "true", r#""Open""#]);
    assert_eq!(shown(1), [r#""2026-03-01""#, "-12.5", "false", r#""Shipped""#]);
    assert_eq!(values(&scene, "c_order", "marks")[1], json!({"items": ["a", "b"]}));
}

#[test]
fn what_may_be_meant_in_two_ways_is_asked_for() {
    let scene = scene();
    let failed = |text: &str, more: &[&str]| {
        fs::write(scene.file("o.csv"), text).unwrap();
        import(&scene, &[&["c_order", "o.csv"], more].concat())
    };
    let dates = "order_number,order_date\n1,04/07/2025\n";
    let error = failed(dates, &[]).error;
    assert!(error.contains("`04/07/2025` may be a day in either of two months"), "{error}");
    assert!(error.contains("--date-format order_date=DD/MM/YYYY"), "{error}");
    let ended = failed(dates, &["--date-format", "DD/MM/YYYY"]);
    assert!(ended.error.contains(" DD/MM/YYYY\n"), "{}", ended.error);
    ended.done();
    assert_eq!(values(&scene, "c_order", "order_date"), [json!("2025-07-04")]);
    let numbers = "order_number,freight\n1,\"1,234\"\n";
    let error = failed(numbers, &[]).error;
    assert!(error.contains("`1,234` may be a thousand or a fraction"), "{error}");
    failed(numbers, &["--decimal", "freight=point"]).done();
    assert_eq!(values(&scene, "c_order", "freight"), [json!(1234)]);
}

#[test]
fn a_link_is_named_by_exactly_one_record() {
    let scene = scene();
    for code in ["A", "B", "B"] {
        scene.create("company", &[&format!("customer_code={code}")]);
    }
    fs::write(scene.file("o.csv"), "order_number,customer\n1,A\n2,B\n3,C\n4,\n").unwrap();
    let link = ["--map", "customer=company_id", "--link", "company_id=company.customer_code"];
    let ended = import(&scene, &[&["c_order", "o.csv"], &link[..]].concat());
    assert_eq!((ended.code, counts(&ended.out)), (Some(3), [2, 0, 2, 0, 0]));
    let refused = fs::read_to_string(scene.file("o.refused.csv")).unwrap();
    assert!(refused.contains("`customer`: `B` names 2 records of `company`"), "{refused}");
    assert!(refused.contains("`customer`: `C` names no record of `company`"), "{refused}");
}

#[test]
fn an_empty_cell_says_nothing_unless_it_is_to_clear() {
    let scene = scene();
    let names = |text: &str, more: &[&str]| {
        fs::write(scene.file("o.csv"), text).unwrap();
        import(&scene, &[&["c_order", "o.csv"], more].concat()).done();
        values(&scene, "c_order", "ship_name")
    };
    assert_eq!(names("order_number,ship_name\n1,Ana\n", &[]), [json!("Ana")]);
    assert_eq!(names("order_number,ship_name\n1,\n", &[]), [json!("Ana")]);
    assert_eq!(names("order_number,ship_name\n1,NULL\n", &[]), [json!("Ana")]);
    assert_eq!(names("order_number,ship_name\n1,-\n", &["--null", "-"]), [json!("Ana")]);
    assert_eq!(names("order_number,ship_name\n1,\n", &["--clear-empty"]), [json!(null)]);
}

#[test]
fn checkboxes_are_read_in_other_languages_too() {
    let scene = scene();
    let text = "order_number,paid\n1,ja\n2,Nein\n3,oui\n4,non\n5,sí\n6,no\n7,perhaps\n";
    fs::write(scene.file("o.csv"), text).unwrap();
    assert_eq!(counts(&import(&scene, &["c_order", "o.csv"]).out), [6, 0, 1, 0, 0]);
    assert_eq!(values(&scene, "c_order", "paid"), [true, false, true, false, true, false]);
}
