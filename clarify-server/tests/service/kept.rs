//! Answers that are kept: each read sees what was answered before it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use clarify_schema::{Field, Kind, Object};
use clarify_server::Server;
use serde_json::{Value, json};

use crate::client::{CLIENT, Service, answer};
use crate::schema_edits::{put, schema};
use crate::watching::{value, watch};

/// The service with a file, which is where answers are kept, and the file's folder.
fn service() -> (tempfile::TempDir, Service) {
    let folder = tempfile::tempdir().unwrap();
    let fields = ["number", "note"].map(|name| Field::new(name, Kind::Text));
    let order = Object::named("c_order", fields.to_vec());
    let builder = Server::builder().data(folder.path().join("records.db")).register(&order);
    (folder, Service::of(builder))
}

#[test]
fn what_was_answered_is_given_again_while_others_watch() {
    let (_folder, service) = service();
    let path = format!("/objects/deal/records/{}", service.id("deal", &json!({ "name": "A" })));
    let again = || value(&watch(&service, "/metrics").text, "clarify_answers_given_again_total");
    // For a moment after a write nothing is kept.
    while again() == 0.0 {
        service.get(&path).expect(200);
    }
    let before = again();
    for _ in 0..5 {
        assert_eq!(watch(&service, "/healthz").status, 200);
        service.get(&path).expect(200);
    }
    assert_eq!(again(), before + 5.0);
}

#[test]
fn whatever_is_written_is_seen_by_the_next_read() {
    let (_folder, service) = service();
    let company = service.id("company", &json!({ "name": "A" }));
    let other = service.id("company", &json!({ "name": "B" }));
    let person = service.id("person", &json!({ "name": "Ana", "company_id": company }));
    let order = service.id("c_order", &json!({ "number": "1", "note": "A" }));
    let paths = [
        format!("/objects/company/records/{company}?"),
        format!("/objects/c_order/resources/{order}?"),
        format!("/objects/person/records/{person}?include=company_id"),
        format!("/objects/person/records/{person}/relationships/company_id?"),
        "/objects/company/resources?page[limit]=1".to_owned(),
        "/objects/person/resources?filter[company_id.name]=A2".to_owned(),
    ];
    let read = |more: &str| -> Vec<Value> {
        paths.iter().map(|path| service.get(&format!("{path}{more}")).json()).collect()
    };
    let link = json!({ "data": { "type": "company", "id": other } });
    let company_of = format!("/objects/person/records/{person}/relationships/company_id");
    let merge = json!({ "data": { "type": "company", "attributes": { "sources": [other] } } });
    let record = format!("/objects/company/records/{company}");
    let mut without = schema(&service, "c_order");
    without["properties"].as_object_mut().unwrap().remove("note");
    let changes: [&dyn Fn() -> u16; 6] = [
        &|| service.update("company", &company, &json!({ "name": "A2" })).status,
        &|| service.patch(&company_of, &link).status,
        &|| put(&service, "c_order", &without).status,
        &|| service.post(&format!("{record}/merges"), &merge).status,
        &|| service.create("company", &json!({ "name": "C" })).status,
        &|| service.delete(&record).status,
    ];
    let mut before = read("");
    for (number, change) in changes.iter().enumerate() {
        assert_eq!(read(""), before, "{number}");
        let status = change();
        assert!((200..300).contains(&status), "{number}: {status}");
        // Nobody has asked in these words: it is looked up.
        let now = read(&"&".repeat(number + 1));
        assert_ne!(now, before, "{number}");
        assert_eq!(read(""), now, "{number}");
        before = now;
    }
}

#[test]
fn no_read_is_older_than_the_last_answer_to_a_write() {
    let (_folder, service) = service();
    let id = service.id("deal", &json!({ "amount": 0 }));
    let (last, is_over) = (AtomicU64::new(0), AtomicBool::new(false));
    let amount = |record: &Value| record["attributes"]["amount"].as_u64().unwrap();
    let write = || {
        for number in 1..=300 {
            service.update("deal", &id, &json!({ "amount": number })).expect(200);
            last.store(number, Ordering::SeqCst);
        }
        is_over.store(true, Ordering::SeqCst);
    };
    let read = |path: &str| {
        while !is_over.load(Ordering::SeqCst) {
            let least = last.load(Ordering::SeqCst);
            let data = service.get(path).expect(200)["data"].take();
            let read = amount(data.get(0).unwrap_or(&data));
            assert!(read >= least, "{path}: {read} after {least}");
        }
    };
    let record = format!("/objects/deal/records/{id}");
    let paths =
        [&*record, &record, "/objects/deal/resources", "/objects/deal/resources?sort=amount"];
    thread::scope(|scope| {
        for path in paths {
            scope.spawn(move || read(path));
        }
        write();
    });
}

#[test]
fn who_asks_by_another_name_gets_links_to_it() {
    let (_folder, service) = service();
    service.create_bulk("deal", &[json!({}), json!({})]).expect(201);
    let url = format!("{}/objects/deal/resources?page[limit]=1", service.server.url());
    for host in ["a.example", "b.example", "a.example"] {
        let asked = answer(service.request(reqwest::Method::GET, &url).header("host", host));
        let next = asked.expect(200)["links"]["next"].to_string();
        assert!(next.contains(host), "{next}");
    }
}

#[test]
fn what_is_kept_is_told_to_nobody_who_could_not_read_it() {
    let folder = tempfile::tempdir().unwrap();
    let builder = Server::builder().data(folder.path().join("records.db")).rate_limit(2);
    let (service, path) = (Service::of(builder), "/objects/deal/resources");
    let url = format!("{}{path}", service.server.url());
    let first = service.get(path).expect(200);
    assert_eq!(answer(CLIENT.get(&url)).status, 401);
    assert_eq!(service.get(path).expect(200), first);
    assert_eq!(service.get(path).status, 429);
}
