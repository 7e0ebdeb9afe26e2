//! Real files, exactly as they are.

use std::collections::HashMap;
use std::fs;

use serde_json::{Value, json};

use super::{counts, data, import, records, scene_of, values};
use crate::scene::json as parsed;
use crate::scene::{CONTRACTS, Scene};

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
    assert_eq!(parsed(&dry)["merged"], parsed(&real)["merged"]);
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
    assert!(values(scene, "c_product", "supplier_id").iter().all(Value::is_string));
}

fn check_orders(scene: &Scene) {
    let orders = records(scene, "c_order");
    assert_eq!(orders.len(), 830);
    let first = orders.iter().find(|o| o.json("order_number") == Some(r#""10248""#)).unwrap();
    assert_eq!(first.json("order_date"), Some(r#""1996-07-04""#));
    assert_eq!(first.json("freight"), Some("32.38"));
    let linked = values(scene, "c_order", "company_id");
    assert!(linked.iter().all(Value::is_string));
}

/// The arguments that import the universities.
const UNIVERSITIES: [&str; 8] = [
    "company",
    "universities.json",
    "--map",
    "state-province=region",
    "--map",
    "web_pages=",
    "--map",
    "alpha_two_code=",
];

#[test]
fn universities_that_share_a_domain_are_merged_and_named() {
    for contract in CONTRACTS {
        let scene = scene_of(contract);
        if copy(&scene, "universities.json").is_none() {
            return;
        }
        let report = import_twice(&scene, &UNIVERSITIES);
        assert_eq!(counts(&report), [10_248, 3, 0, 0, 0]);
        assert_eq!(records(&scene, "company").len(), 10_248);
        let merged = &parsed(&report)["merged"];
        let each = [
            (52050, 6503, 51986, 6495, "khio.no"),
            (60386, 7545, 60130, 7513, "jazanu.edu.sa"),
            (65746, 8215, 65714, 8211, "marun.edu.tr"),
        ];
        let each = each.map(|(line, item, into, into_item, value)| {
            json!({ "line": line, "item": item, "into": into, "into_item": into_item, "value": value })
        });
        assert_eq!(merged, &Value::from(each.to_vec()));
    }
}

/// The universities as records, each that shares a domain with an earlier one in its place: what is
/// said later stays, and a collection is replaced as a whole.
fn universities_as_records(entries: &[Value]) -> Vec<Value> {
    let mut records: Vec<Value> = Vec::new();
    let mut owners: HashMap<&str, usize> = HashMap::new();
    for entry in entries {
        let domains = entry["domains"].as_array().unwrap();
        let domains: Vec<_> = domains.iter().map(|domain| domain.as_str().unwrap()).collect();
        let place = domains.iter().find_map(|domain| owners.get(domain)).copied();
        let place = place.unwrap_or(records.len());
        records.resize_with(records.len().max(place + 1), Value::default);
        let mut record = json!({ "name": entry["name"], "domains": { "items": domains } });
        record["country"] = entry["country"].clone();
        let region = [&entry["state-province"], &records[place]["region"]];
        if let Some(region) = region.into_iter().find(|region| !region.is_null()) {
            record["region"] = region.clone();
        }
        records[place] = record;
        owners.extend(domains.into_iter().map(|domain| (domain, place)));
    }
    in_order(records)
}

/// Batches that are sent at the same time arrive in any order.
fn in_order(mut records: Vec<Value>) -> Vec<Value> {
    records.sort_by_key(|record| record["domains"].to_string());
    records
}

#[test]
fn universities_come_out_as_they_went_in() {
    for contract in CONTRACTS {
        let (scene, other) = (scene_of(contract), scene_of(contract));
        let Some(file) = copy(&scene, "universities.json") else { return };
        import(&scene, &UNIVERSITIES).done();
        let entries = parsed(&fs::read_to_string(scene.file(&file)).unwrap());
        let expected = universities_as_records(entries.as_array().unwrap());
        let out = export(&scene, "out.ndjson");
        assert_eq!((out.len(), expected.len()), (10_248, 10_248));
        let other_one = |(ours, theirs): &(&Value, &Value)| ours != theirs;
        assert_eq!(out.iter().zip(&expected).find(other_one), None, "{contract:?}");

        fs::copy(scene.file("out.ndjson"), other.file("in.ndjson")).unwrap();
        let report = import(&other, &["company", "in.ndjson"]).done();
        assert_eq!(counts(&report), [10_248, 0, 0, 0, 0]);
        assert!(export(&other, "out.ndjson") == expected, "{contract:?}");
    }
}

/// The attributes of a line, without those that have no value: one contract tells them, one does not.
fn attributes(line: &str) -> Value {
    let mut attributes = parsed(line)["attributes"].take();
    attributes.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    attributes
}

/// The attributes of all companies, as they are exported.
fn export(scene: &Scene, file: &str) -> Vec<Value> {
    let fields = ["--fields", "name,domains,country,region"];
    scene.run(&[&["export", "company", "-o", file], &fields[..]].concat()).done();
    let text = fs::read_to_string(scene.file(file)).unwrap();
    in_order(text.lines().map(attributes).collect())
}
