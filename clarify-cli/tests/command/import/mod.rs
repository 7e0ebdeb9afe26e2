//! Records from files.

mod dry_run;
mod journal;
mod links;
mod mapping;
mod outputs;
mod reading;
mod real;
mod refused;
mod resume;
#[cfg(unix)]
mod room;
#[cfg(target_os = "linux")]
mod shown;
mod values;

use std::path::PathBuf;
use std::time::Duration;

use clarify_core::blocking::{Iter as _, Wait as _};
use clarify_core::{Client, List, RawAttributes};
use clarify_schema::{COMPANY, Field, Kind, Object};
use clarify_server::{Contract, Fault, ServerBuilder};
use serde_json::Value;

use crate::scene::{End, KEY, Scene, json};

/// A file of the real data, where that is.
pub(crate) fn data(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(name);
    if !path.exists() {
        eprintln!("skipped: there is no {name}");
    }
    path.exists().then_some(path)
}

fn texts(names: &[&str]) -> Vec<Field> {
    names.iter().map(|name| Field::named((*name).to_owned().into(), Kind::Text)).collect()
}

fn select(name: &'static str, options: &[&str]) -> Field {
    let mut field = Field::new(name, Kind::Select);
    field.options = options.iter().map(|option| (*option).to_owned().into()).collect();
    field
}

/// A company with more fields, products and orders that link to it.
fn objects() -> [Object; 3] {
    let mut company = COMPANY.fields.to_vec();
    company.extend(texts(&["customer_code", "supplier_code", "contact_name", "address", "city"]));
    company.extend(texts(&["region", "postal_code", "country", "phone"]));
    let product = vec![
        Field::new("product_number", Kind::Text).required().unique(),
        Field::new("name", Kind::Text),
        Field::new("supplier_id", Kind::ToOne).target("company"),
        select("category", &["1", "2", "3", "4", "5", "6", "7", "8"]),
        Field::new("quantity_per_unit", Kind::Text),
        Field::new("unit_price", Kind::Currency),
        Field::new("units_in_stock", Kind::Number),
        Field::new("discontinued", Kind::Checkbox),
    ];
    let mut order = vec![
        Field::new("order_number", Kind::Text).required().unique(),
        Field::new("company_id", Kind::ToOne).target("company"),
        Field::new("order_date", Kind::Date),
        Field::new("shipped_date", Kind::Date),
        select("status", &["Open", "Shipped"]),
        Field::new("freight", Kind::Currency),
        Field::new("paid", Kind::Checkbox),
        Field::new("marks", Kind::Texts),
    ];
    order.extend(texts(&["ship_name", "ship_address", "ship_country"]));
    let order = Object::named("c_order", order);
    [Object::named("company", company), Object::named("c_product", product), order]
}

fn scene() -> Scene {
    Scene::with(with_objects)
}

fn scene_of(contract: Contract) -> Scene {
    Scene::with(|builder| with_objects(builder.contract(contract)))
}

fn with_objects(builder: ServerBuilder) -> ServerBuilder {
    objects().iter().fold(builder, |builder, object| builder.register(object))
}

/// A service that takes its time, so that a command can be met while it is at work.
fn slow(builder: ServerBuilder) -> ServerBuilder {
    let pause = Fault::latency(Duration::from_millis(200));
    with_objects(builder).fault(pause.on("POST", "/records/bulk"))
}

fn import(scene: &Scene, arguments: &[&str]) -> End {
    scene.run(&[&["import"], arguments].concat())
}

/// What was said, below what is planned, of an import that ended with this code.
#[track_caller]
fn error(ended: &End, code: i32) -> String {
    assert_eq!(ended.code, Some(code), "{ended:?}");
    let (_, error) = ended.error.split_once("error: ").unwrap();
    assert!(error.lines().count() <= 2, "{error}");
    error.to_owned()
}

/// What a report counts: created, matched, refused, uncertain, not attempted.
pub(crate) fn counts(report: &str) -> [u64; 5] {
    let report = json(report);
    ["created", "matched", "refused", "uncertain", "not_attempted"]
        .map(|count| report[count].as_u64().unwrap())
}

fn list(scene: &Scene, object: &str) -> List<RawAttributes> {
    let client = Client::builder("acme").base_url(scene.base_url()).api_key(KEY).build().unwrap();
    client.dynamic(object).unwrap().raw().list()
}

/// How many records of an object there are.
fn total(scene: &Scene, object: &str) -> u64 {
    list(scene, object).limit(1).wait().unwrap().total.unwrap()
}

/// All records of an object, from the service itself.
fn records(scene: &Scene, object: &str) -> Vec<RawAttributes> {
    let records = list(scene, object).records();
    records.iter().unwrap().map(|record| record.unwrap().attributes).collect()
}

/// The values that a field has, in the order of the records.
fn values(scene: &Scene, object: &str, field: &str) -> Vec<Value> {
    let records = records(scene, object);
    records.iter().map(|one| one.json(field).map_or(Value::Null, json)).collect()
}
