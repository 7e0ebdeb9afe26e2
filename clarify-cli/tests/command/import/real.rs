//! Real files, exactly as they are.

use std::collections::HashMap;
use std::fs;

use super::{counts, data, import, records, scene_of, values};
use crate::scene::{CONTRACTS, Scene, json};

/// Copies a file to where the command works; it keeps its journal beside it.
fn copy(scene: &Scene, name: &str) -> Option<String> {
    let path = data(name)?;
    let file = path.file_name().unwrap().to_str().unwrap().to_owned();
    fs::write(scene.file(&file), fs::read(path).unwrap()).unwrap();
    Some(file)
}

/// The same with `--dry-run` first, which says the same.
fn import_twice(scene: &Scene, arguments: &[&str]) -> String {
    let dry = import(scene, &[arguments, &["--dry-run"]].concat()).done();
    let real = import(scene, arguments).done();
    assert_eq!(counts(&dry), counts(&real));
    assert_eq!(json(&dry)["merged"], json(&real)["merged"]);
    real
}

const CUSTOMERS: [&str; 5] =
    ["company", "customers.csv", "--map", "customerID=customer_code", "--ignore-unmapped"];
const SUPPLIERS: [&str; 5] =
    ["company", "suppliers.csv", "--map", "supplierID=supplier_code", "--ignore-unmapped"];
const PRODUCTS: [&str; 11] = [
    "c_product",
    "products.csv",
    "--map",
    "productID=product_number",
    "--map",
    "supplierID=supplier_id",
    "--map",
    "categoryID=category",
    "--link",
    "supplier_id=company.supplier_code",
    "--ignore-unmapped",
];
const ORDERS: [&str; 9] = [
    "c_order",
    "orders.csv",
    "--map",
    "orderID=order_number",
    "--map",
    "customerID=company_id",
    "--link",
    "company_id=company.customer_code",
    "--ignore-unmapped",
];

#[test]
fn a_trading_company_is_imported_as_it_is() {
    for contract in CONTRACTS {
        let scene = scene_of(contract);
        for name in ["customers", "suppliers", "products", "orders"] {
            if copy(&scene, &format!("northwind/{name}.csv")).is_none() {
                return;
            }
        }
        assert_eq!(counts(&import_twice(&scene, &CUSTOMERS)), [91, 0, 0, 0, 0]);
        assert_eq!(counts(&import_twice(&scene, &SUPPLIERS)), [29, 0, 0, 0, 0]);
        assert_eq!(counts(&import_twice(&scene, &PRODUCTS)), [77, 0, 0, 0, 0]);
        assert_eq!(counts(&import_twice(&scene, &ORDERS)), [830, 0, 0, 0, 0]);
        check_companies(&scene);
        check_products(&scene);
        check_orders(&scene);
        assert_eq!(counts(&import_twice(&scene, &ORDERS)), [0, 830, 0, 0, 0], "once more");
    }
}

fn check_companies(scene: &Scene) {
    let companies = records(scene, "company");
    let blondel = companies.iter().find(|c| c.json("customer_code") == Some(r#""BLONP""#)).unwrap();
    assert_eq!(blondel.json("name"), Some(r#""Blondesddsl père et fils""#));
    assert_eq!(blondel.json("address"), Some(r#""24, place Kléber""#), "a comma without quotes");
    assert!(blondel.json("region").is_none_or(|region| region == "null"), "`NULL` is no value");
    let regions = values(scene, "company", "region");
    assert!(regions.iter().all(|region| region != "NULL"));
}

fn check_products(scene: &Scene) {
    let products = records(scene, "c_product");
    let prices: HashMap<_, _> = products
        .iter()
        .map(|one| (one.json("product_number").unwrap(), one.json("unit_price").unwrap()))
        .collect();
    assert_eq!([r#""1""#, r#""2""#, r#""3""#].map(|n| prices[n]), ["18.00", "19.00", "10.00"]);
    let ended = values(scene, "c_product", "discontinued");
    assert_eq!(ended.iter().filter(|ended| **ended == true).count(), 8);
    assert!(values(scene, "c_product", "supplier_id").iter().all(serde_json::Value::is_string));
}

fn check_orders(scene: &Scene) {
    let orders = records(scene, "c_order");
    assert_eq!(orders.len(), 830);
    let first = orders.iter().find(|o| o.json("order_number") == Some(r#""10248""#)).unwrap();
    assert_eq!(first.json("order_date"), Some(r#""1996-07-04""#));
    assert_eq!(first.json("freight"), Some("32.38"));
    let linked = values(scene, "c_order", "company_id");
    assert!(linked.iter().all(serde_json::Value::is_string));
}

#[test]
fn universities_that_share_a_domain_are_merged_and_named() {
    for contract in CONTRACTS {
        let scene = scene_of(contract);
        let Some(file) = copy(&scene, "universities.json") else { return };
        let drop = ["--map", "web_pages=", "--map", "alpha_two_code="];
        let arguments =
            [&["company", &*file, "--map", "state-province=region"], &drop[..]].concat();
        let report = import_twice(&scene, &arguments);
        assert_eq!(counts(&report), [10_248, 3, 0, 0, 0]);
        assert_eq!(records(&scene, "company").len(), 10_248);
        let merged = json(&report)["merged"].as_array().unwrap().clone();
        assert_eq!(merged.len(), 3);
        assert_eq!(
            merged[0],
            serde_json::json!({"line": 52050, "item": 6503, "into": 51986, "into_item": 6495,
                "value": "khio.no"})
        );
    }
}
