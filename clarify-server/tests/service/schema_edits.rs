//! Edits of schemas while records are written, and what is left when the service stops in between.

use std::sync::atomic::{AtomicBool, Ordering};

use clarify_schema::{Field, Kind, Object, read_schema};
use clarify_server::{Seed, Server};
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Answer, Service};

pub(crate) fn put(service: &Service, object: &str, schema: &Value) -> Answer {
    let path = format!("/schemas/objects/{object}");
    service.send(Method::PUT, &path, Some(schema.to_string()))
}

/// The JSON Schema of an object, as the service shows it.
pub(crate) fn schema(service: &Service, object: &str) -> Value {
    let page = service.get("/schemas").expect(200);
    let id = format!("https://getclarify.ai/schemas/entities/{object}");
    let found = page["data"].as_array().unwrap().iter().find(|schema| schema["id"] == *id);
    found.unwrap_or_else(|| panic!("{object} is shown"))["attributes"].clone()
}

fn options(object: &str, field: &str, manner: &str, options: &[&str]) -> Value {
    let id = format!("https://getclarify.ai/schemas/entities/{object}");
    json!({ "data": [{
        "type": "schema-properties",
        "id": id,
        "attributes": { field: { "enum": options } },
        "meta": { field: { "enum": manner } },
    }] })
}

/// Every record of an object, shown on as many pages as it takes.
fn records(service: &Service, object: &str) -> Vec<Value> {
    let mut all = Vec::new();
    loop {
        let offset = all.len().to_string();
        let page = [("page[limit]", "500"), ("page[offset]", &*offset)];
        let mut page = service.list(object, &page).expect(200);
        match page["data"].as_array_mut() {
            Some(records) if !records.is_empty() => all.append(records),
            _ => return all,
        }
    }
}

#[test]
fn a_field_says_what_its_values_are() {
    let service = Service::new();
    let add = |fields: &Value| {
        let data = json!({ "type": "schema-properties", "attributes": fields });
        let body = json!({ "data": data }).to_string();
        service.send(Method::POST, "/schemas/deal/properties", Some(body))
    };
    let bad = json!({ "w": {}, "z": { "type": ["zork", "null"] }, "good": { "type": "boolean" } });
    let pointers = |answer: Answer| {
        let errors = answer.errors(422);
        errors.into_iter().map(|(_, pointer, _)| pointer).collect::<Vec<_>>()
    };
    assert_eq!(pointers(add(&bad)), ["/data/attributes/w", "/data/attributes/z"]);
    let body = json!({ "name": "bad", "plural": "bads", "properties": bad }).to_string();
    let made = service.send(Method::POST, "/schemas/objects", Some(body));
    assert_eq!(pointers(made), ["/properties/w", "/properties/z"]);
    let mut deal = schema(&service, "deal");
    deal["properties"]["w"] = json!({});
    assert_eq!(pointers(put(&service, "deal", &deal)), ["/properties/w"]);

    let items = json!({ "type": "array", "items": { "type": "string", "enum": ["A", "B"] } });
    let select = json!({ "type": "object", "properties": { "items": items } });
    for (name, key) in [("one", "oneOf"), ("any", "anyOf")] {
        add(&json!({ name: { key: [{ "type": "null" }, select] } })).expect(202);
        let shown = &schema(&service, "deal")["properties"][name];
        assert_eq!(shown["properties"]["items"]["items"]["enum"], json!(["A", "B"]), "{shown}");
    }
    add(&json!({ "day": { "anyOf": [{ "type": "date" }, { "type": "null" }] } })).expect(202);
    assert_eq!(schema(&service, "deal")["properties"]["day"]["type"], json!(["date", "null"]));
}

#[test]
fn an_object_without_labels_has_them_from_its_name() {
    let service = Service::new();
    let made = json!({ "name": "Sales Order", "plural": "Orders", "description": "" });
    service.send(Method::POST, "/schemas/objects", Some(made.to_string())).expect(201);
    let without = |object: &str| {
        let mut schema = schema(&service, object);
        schema.as_object_mut().unwrap().remove("xClarifyLabel");
        schema
    };
    put(&service, "c_sales_order", &without("c_sales_order")).expect(200);
    let expected = json!({ "singular": "Sales Order", "plural": "Sales Orders" });
    assert_eq!(schema(&service, "c_sales_order")["xClarifyLabel"], expected);
    let before = schema(&service, "company");
    put(&service, "company", &without("company")).expect(200);
    assert_eq!(schema(&service, "company"), before);
}

fn task_fields() -> Vec<Field> {
    let select = |name: &'static str, kind| {
        let mut field = Field::new(name, kind);
        field.options = ["A", "B", "C", "D"].map(Into::into).to_vec().into();
        field
    };
    vec![
        select("state", Kind::Select),
        select("marks", Kind::MultiSelect),
        Field::new("note", Kind::Text),
    ]
}

/// Writes records of every form until it is told to stop.
fn write(service: &Service, stop: &AtomicBool) {
    let mut ids: Vec<String> = Vec::new();
    let mut round = 0;
    while !stop.load(Ordering::Relaxed) {
        let option = ["A", "B", "C", "D"][round % 4];
        let forms = [
            json!({ "state": option }),
            json!({ "marks": { "items": ["A", option] } }),
            json!({ "note": "x" }),
        ];
        let form = &forms[round % forms.len()];
        let answer = match ids.get(round % 7) {
            Some(id) => service.update("c_job", id, form),
            None => service.create("c_job", form),
        };
        assert!(matches!(answer.status, 200 | 201 | 422), "{}", answer.text);
        if answer.status == 201 {
            ids.push(answer.json()["data"]["id"].as_str().unwrap().to_owned());
        }
        round += 1;
    }
}

/// Takes options and a field away and adds them again, and takes some away for good.
fn edit(service: &Service) {
    for _ in 0..4 {
        for (field, gone) in [("state", "B"), ("marks", "C"), ("state", "A"), ("marks", "D")] {
            let remove = options("c_job", field, "remove", &[gone]);
            service.patch("/schemas", &remove).expect(200);
            if field == "state" {
                service.patch("/schemas", &options("c_job", field, "append", &[gone])).expect(200);
            }
        }
        let whole = schema(service, "c_job");
        let mut without = whole.clone();
        without["properties"].as_object_mut().unwrap().remove("note");
        put(service, "c_job", &without).expect(200);
        put(service, "c_job", &whole).expect(200);
        service.patch("/schemas", &options("c_job", "marks", "append", &["C", "D"])).expect(200);
    }
    service.patch("/schemas", &options("c_job", "state", "remove", &["B"])).expect(200);
    service.patch("/schemas", &options("c_job", "marks", "remove", &["C", "D"])).expect(200);
    let mut without = schema(service, "c_job");
    without["properties"].as_object_mut().unwrap().remove("note");
    put(service, "c_job", &without).expect(200);
}

fn race(service: &Service) {
    let stop = &AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..12).map(|_| scope.spawn(move || write(service, stop))).collect();
        let edited = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| edit(service)));
        while service.ids("c_job", &[]).len() < 25 && !writers.iter().any(|w| w.is_finished()) {}
        stop.store(true, Ordering::Relaxed);
        edited.unwrap();
    });
    let object = read_schema(&schema(service, "c_job")).unwrap();
    assert_eq!(*object.field("state").unwrap().options, ["C", "D", "A"].map(String::from)[..]);
    for record in records(service, "c_job") {
        let attributes = record["attributes"].as_object().unwrap();
        for (name, value) in attributes.iter().filter(|(name, _)| !name.starts_with('_')) {
            let field = object.field(name).unwrap_or_else(|| panic!("{name} is gone: {record}"));
            let items = value["items"].as_array().cloned().unwrap_or(vec![value.clone()]);
            let fits = |item: &Value| field.has_option(item.as_str().unwrap_or("?"));
            assert!(items.iter().all(fits), "{record}");
        }
    }
}

#[test]
fn no_record_slips_past_an_edit_in_memory() {
    race(&Service::of(Server::builder().register(&Object::named("c_job", task_fields()))));
}

#[test]
fn no_record_slips_past_an_edit_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("records.db");
    let job = Object::named("c_job", task_fields());
    race(&Service::of(Server::builder().data(data).register(&job)));
}

#[test]
fn a_record_that_loses_an_option_was_written_then() {
    let service = Service::of(Server::builder().register(&Object::named("c_job", task_fields())));
    let moment = "2024-03-01T12:00:00Z".parse().unwrap();
    let seed = |id: &str, state: &str| {
        Seed::new(id, json!({ "state": state }).to_string()).created_at(moment)
    };
    service.server.seed("c_job", [seed("a", "A"), seed("b", "B")]).unwrap();
    service.patch("/schemas", &options("c_job", "state", "remove", &["B"])).expect(200);
    let times = |id: &str| {
        let record = service.get(&format!("/objects/c_job/records/{id}")).expect(200);
        ["_created_at", "_updated_at"].map(|time| record["data"]["attributes"][time].clone())
    };
    assert_eq!(times("a"), ["2024-03-01T12:00:00Z", "2024-03-01T12:00:00Z"]);
    let [created, updated] = times("b");
    assert!(created == "2024-03-01T12:00:00Z" && updated != created, "{updated}");
}

#[test]
fn a_refusal_names_ten_records_and_counts_the_others() {
    let service = Service::of(Server::builder().register(&Object::named("c_job", task_fields())));
    let seeds = (0..1203).map(|n| Seed::new(format!("r{n}"), r#"{"note": "x"}"#));
    service.server.seed("c_job", seeds).unwrap();
    let mut unique = schema(&service, "c_job");
    unique["properties"]["note"]["xClarifyUnique"] = true.into();
    unique["required"] = json!(["state"]);
    let errors = put(&service, "c_job", &unique).errors(422);
    let details: Vec<_> = errors.iter().map(|(status, _, detail)| (&**status, &**detail)).collect();
    let ten = "`r0`, `r1`, `r2`, `r3`, `r4`, `r5`, `r6`, `r7`, `r8`, `r9` and 1193 more";
    let missing = format!("`state` is required, and there is no value of it in {ten}");
    let shared = format!("`note` can't be unique: `x` is the value of {ten}");
    assert_eq!(
        details,
        [
            ("422", &*format!("/properties/state: {missing}")),
            ("400", &*format!("/properties/note: {shared}")),
        ]
    );
}

#[test]
fn registering_a_unique_field_holds_for_the_records_that_are_there() {
    let service = Service::of(Server::builder().register(&Object::named("c_job", task_fields())));
    let ids = ["x", "y", "x"].map(|note| service.id("c_job", &json!({ "note": note })));
    let unique = Object::named("c_job", vec![Field::new("note", Kind::Text).unique()]);
    let error = service.server.register(&unique).unwrap_err().to_string();
    let start = "object `c_job`: `note` can't be unique: `x` is the value of ";
    assert_eq!(error, format!("{start}`{}`, `{}`", ids[0], ids[2]));
    assert_ne!(service.id("c_job", &json!({ "note": "x" })), ids[0]);
    for id in service.ids("c_job", &[("filter[note]", "x")]).iter().skip(1) {
        service.delete(&format!("/objects/c_job/records/{id}"));
    }
    service.server.register(&unique).unwrap();
    assert_eq!(service.id("c_job", &json!({ "note": "x" })), ids[0], "it is matched");
}

#[test]
fn fields_without_a_rank_stay_as_they_were_sent() {
    let service = Service::new();
    let field = r#"{"type": ["string", "null"]}"#;
    let first = r#"{"type": ["string", "null"], "xClarifyPresentation": {"rank": 7}}"#;
    let properties = |[z, b, m, a]: [&str; 4]| {
        format!(r#"{{"{z}": {field}, "{b}": {field}, "{m}": {first}, "{a}": {field}}}"#)
    };
    let made = properties(["z", "b", "m", "a"]);
    let body = format!(r#"{{"name": "Job", "plural": "Jobs", "properties": {made}}}"#);
    service.send(Method::POST, "/schemas/objects", Some(body)).expect(201);
    let order = || {
        let object = read_schema(&schema(&service, "c_job")).unwrap();
        object.fields.iter().map(|field| field.name.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(order(), "m z b a");
    let added = properties(["z2", "b2", "m2", "a2"]);
    let data = format!(r#"{{"type": "schema-properties", "attributes": {added}}}"#);
    let body = format!(r#"{{"data": {data}}}"#);
    service.send(Method::POST, "/schemas/c_job/properties", Some(body)).expect(202);
    assert_eq!(order(), "m z b a m2 z2 b2 a2");
}

#[test]
fn edits_outlive_the_service() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Service::of(Server::builder().data(folder.path().join("records.db")));
    let service = open();
    service.server.register(&Object::named("c_job", task_fields())).unwrap();
    service.server.register(&Object::named("c_gone", vec![])).unwrap();
    let id = service.id("c_job", &json!({ "state": "B", "note": "x" }));
    service.id("c_gone", &json!({}));
    service.patch("/schemas", &options("c_job", "state", "remove", &["B"])).expect(200);
    service.delete("/schemas/objects/c_gone").expect(200);
    let before = schema(&service, "c_job");
    drop(service);

    let service = open();
    assert_eq!(schema(&service, "c_job"), before);
    assert_eq!(service.attributes("c_job", &id), json!({ "note": "x" }));
    assert_eq!(service.create("c_job", &json!({ "state": "B" })).status, 422);
    assert_eq!(service.get("/objects/c_gone/resources").status, 404);
    service.server.register(&Object::named("c_gone", vec![])).unwrap();
    assert_eq!(service.ids("c_gone", &[]).len(), 0);
}
