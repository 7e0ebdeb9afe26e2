//! Edits of schemas while records are written, and what is left when the service stops in between.

use std::sync::atomic::{AtomicBool, Ordering};

use clarify_schema::{Field, Kind, Object, read_schema};
use clarify_server::Server;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Answer, Service};

fn put(service: &Service, object: &str, schema: &Value) -> Answer {
    let path = format!("/schemas/objects/{object}");
    service.send(Method::PUT, &path, Some(schema.to_string()))
}

/// The JSON Schema of an object, as the service shows it.
fn schema(service: &Service, object: &str) -> Value {
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
