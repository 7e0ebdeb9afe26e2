//! Many records at a time: all of them or none.

use clarify_server::{Seed, Server};
use serde_json::{Value, json};

use crate::client::{Service, ids};

fn mails(items: &[&str]) -> Value {
    json!({ "email_addresses": { "items": items } })
}

fn total(service: &Service, object: &str) -> Value {
    service.list(object, &[]).expect(200)["meta"]["total_records"].clone()
}

#[test]
fn a_batch_is_applied_in_order_and_answers_each_record() {
    let service = Service::new();
    let known = service.id("deal", &json!({ "name": "A" }));
    let answer = service.create_bulk(
        "deal",
        &[
            json!({ "name": "B" }),
            json!({ "name": "A", "amount": 1 }),
            json!({ "name": "B", "amount": 2 }),
            json!({}),
        ],
    );
    assert_eq!(answer.header("clarify-matched"), Some("1,2"));
    let document = answer.expect(201);
    let meta = json!({ "total_records": 4, "total_pages": 1, "offset": 0, "limit": 4 });
    assert_eq!((&document["meta"], &document["links"]), (&meta, &json!({})));
    let found = ids(&document);
    assert_eq!(found[1], known);
    assert_eq!(found[0], found[2]);
    // Both entries show the record as it is in the end.
    assert_eq!(document["data"][0], document["data"][2]);
    assert_eq!(document["data"][0]["attributes"]["amount"], 2);
    assert_eq!(total(&service, "deal"), 3);
}

#[test]
fn one_bad_record_keeps_the_whole_batch_out_and_every_problem_is_named() {
    let service = Service::new();
    let mut bad = mails(&["c"]);
    bad["x"] = json!(1);
    let batch = [mails(&["a@x.com"]), bad, mails(&["b@x.com"]), json!({ "title": 5 })];
    let errors = service.create_bulk("person", &batch).errors(422);
    let pointers: Vec<_> = errors.iter().map(|(_, pointer, _)| pointer.as_str()).collect();
    assert_eq!(
        pointers,
        [
            "/data/1/attributes/email_addresses/items/0",
            "/data/1/attributes/x",
            "/data/3/attributes/title",
        ]
    );
    assert_eq!(total(&service, "person"), 0);
}

#[test]
fn every_collision_of_a_batch_is_named() {
    let service = Service::new();
    service.id("person", &mails(&["a@x.com"]));
    service.id("person", &mails(&["b@x.com"]));
    let both = mails(&["a@x.com", "b@x.com"]);
    let errors =
        service.create_bulk("person", &[mails(&["c@x.com"]), both.clone(), both]).errors(400);
    let pointers: Vec<_> = errors.iter().map(|(_, pointer, _)| pointer.as_str()).collect();
    assert_eq!(
        pointers,
        ["/data/1/attributes/email_addresses", "/data/2/attributes/email_addresses"]
    );
    assert_eq!(total(&service, "person"), 2);
}

#[test]
fn a_number_out_of_range_alone_is_a_400() {
    let service = Service::new();
    let errors = service.create_bulk("deal", &[json!({}), json!({ "amount": 1e15 })]).errors(400);
    assert_eq!((errors[0].0.as_str(), errors[0].1.as_str()), ("400", "/data/1/attributes/amount"));
    let errors =
        service.create_bulk("deal", &[json!({ "x": 1 }), json!({ "amount": 1e15 })]).errors(422);
    assert_eq!((errors[0].0.as_str(), errors[1].0.as_str()), ("422", "400"));
}

#[test]
fn a_batch_has_1_to_25_records() {
    let service = Service::new();
    service.create_bulk("person", &vec![json!({}); 25]).expect(201);
    let refused = service.create_bulk("person", &vec![json!({}); 26]);
    assert_eq!(refused.pointer(422), "/data");
    assert_eq!(service.create_bulk("person", &[]).pointer(422), "/data");
    let path = "/objects/person/records/bulk";
    assert_eq!(service.post(path, &json!({ "data": {} })).pointer(422), "/data");
    let with_id = json!({ "type": "person", "attributes": {}, "id": "x" });
    assert_eq!(service.post(path, &json!({ "data": [with_id] })).pointer(422), "/data/0/id");
    assert_eq!(total(&service, "person"), 25);
}

#[test]
fn a_bulk_update_takes_a_record_twice() {
    let service = Service::new();
    let (a, b) = (service.id("deal", &json!({ "name": "A" })), service.id("deal", &json!({})));
    let item = |id: &str, attributes: Value| json!({ "id": id, "attributes": attributes });
    let data = [
        item(&a, json!({ "name": "C" })),
        item(&b, json!({ "name": "A" })),
        item(&a, json!({ "amount": 1 })),
    ];
    let document = service.patch("/objects/deal/records", &json!({ "data": data })).expect(200);
    assert_eq!(ids(&document), [a.clone(), b.clone(), a.clone()]);
    assert_eq!(document["data"][0], document["data"][2]);
    assert_eq!(document["meta"]["total_records"], 3);
    assert_eq!(service.attributes("deal", &a), json!({ "name": "C", "amount": 1 }));
    assert_eq!(service.attributes("deal", &b), json!({ "name": "A" }));
}

#[test]
fn a_bulk_update_checks_every_id_first() {
    let service = Service::new();
    let a = service.id("deal", &json!({ "name": "A" }));
    let item = |id: &str| json!({ "id": id, "attributes": { "amount": 1 } });
    let data = [item(&a), item("dea_x"), item("dea_y"), item("dea_x")];
    let errors = service.patch("/objects/deal/records", &json!({ "data": data })).errors(404);
    assert_eq!(errors.len(), 3);
    assert!(errors[0].2.contains("dea_x") && errors[1].2.contains("dea_y"), "{errors:?}");
    let data = [json!({ "id": "dea_x", "attributes": { "amont": 1 } }), item("dea_y")];
    let errors = service.patch("/objects/deal/records", &json!({ "data": data })).errors(422);
    assert_eq!(errors.len(), 3, "what is wrong with a body hides no unknown id: {errors:?}");
    assert_eq!(service.attributes("deal", &a), json!({ "name": "A" }));
    let without = json!({ "data": [item(&a), { "attributes": {} }] });
    assert_eq!(service.patch("/objects/deal/records", &without).pointer(422), "/data/1/id");
    assert_eq!(
        service.patch("/objects/deal/records", &json!({ "data": [] })).pointer(422),
        "/data"
    );
}

#[test]
fn a_bulk_update_with_a_collision_changes_nothing() {
    let service = Service::new();
    let (a, b) =
        (service.id("deal", &json!({ "name": "A" })), service.id("deal", &json!({ "name": "B" })));
    let data = json!([
        { "id": a, "attributes": { "amount": 1 } }, { "id": b, "attributes": { "name": "A" } },
    ]);
    let errors = service.patch("/objects/deal/records", &json!({ "data": data })).errors(400);
    assert_eq!(errors[0].1, "/data/1/attributes/name");
    assert_eq!(service.attributes("deal", &a), json!({ "name": "A" }));
}

#[test]
fn bulk_updates_and_deletes_take_a_thousand() {
    let service = Service::new();
    let seeds = (0..1001).map(|n| Seed::new(format!("mee_{n}"), "{}"));
    service.server.seed("meeting", seeds).unwrap();
    let item = |n: usize| json!({ "id": format!("mee_{n}"), "attributes": { "title": "x" } });
    let update = |count: usize| {
        let data: Vec<_> = (0..count).map(item).collect();
        service.patch("/objects/meeting/records", &json!({ "data": data }))
    };
    assert_eq!(update(1001).pointer(422), "/data");
    assert_eq!(update(1000).expect(200)["data"].as_array().unwrap().len(), 1000);
    let delete = |count: usize| {
        let items: Vec<_> = (0..count).map(|n| format!("mee_{n}")).collect();
        service.delete_with("/objects/meeting/records", &json!({ "items": items }))
    };
    assert_eq!(delete(1001).pointer(422), "/items");
    assert_eq!(delete(1000).status, 204);
    assert_eq!(service.ids("meeting", &[]), ["mee_1000"]);
}

#[test]
fn a_bulk_delete_names_items() {
    let service = Service::new();
    let (a, b) = (service.id("deal", &json!({ "name": "A" })), service.id("deal", &json!({})));
    let delete = |body: Value| service.delete_with("/objects/deal/records", &body);
    let refused = delete(json!({ "data": [a] }));
    assert_eq!(refused.pointer(422), "/items");
    assert!(refused.detail(422).contains("{\"items\": [ids]}"));
    assert_eq!(delete(json!({ "items": [] })).pointer(422), "/items");
    assert_eq!(delete(json!({ "items": [a, 5] })).pointer(422), "/items/1");
    let errors = delete(json!({ "items": [a, "x", "y"] })).errors(404);
    assert!(errors[0].2.contains("`x`") && errors[1].2.contains("`y`"), "{errors:?}");
    assert_eq!(service.ids("deal", &[]), [a.clone(), b.clone()]);
    let deleted = delete(json!({ "items": [a, b, a] }));
    assert_eq!((deleted.status, deleted.text.as_str()), (204, ""));
    assert_eq!(total(&service, "deal"), 0);
    service.id("deal", &json!({ "name": "A" }));
}

#[test]
fn a_batch_that_matches_is_counted_by_the_options_that_its_records_have_then() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::of(Server::builder().data(folder.path().join("records.db")));
    let deals = |stage: &str| ["A", "B"].map(|name| json!({ "name": name, "stage": stage }));
    let total = |stage: &str| {
        service.list("deal", &[("filter[stage]", stage)]).expect(200)["meta"]["total_records"]
            .clone()
    };
    for (stage, before) in [("New", "Won"), ("Won", "New"), ("Won", "New")] {
        service.create_bulk("deal", &deals(stage)).expect(201);
        assert_eq!((total(stage), total(before)), (json!(2), json!(0)));
    }
}

#[test]
fn an_entry_of_a_batch_finds_its_record_as_those_before_it_have_left_it() {
    let service = Service::new();
    let known = service.id("person", &mails(&["a@x.com", "b@x.com"]));
    let other = service.id("person", &mails(&["c@x.com"]));
    let with = |mut attributes: Value, field: &str, value: &str| {
        attributes[field] = json!(value);
        attributes
    };
    let batch = [
        with(mails(&["A@x.com"]), "title", "VP"),
        with(mails(&["b@x.com"]), "title", "CRO"),
        with(mails(&["A@x.com"]), "linkedin", "ana"),
        with(mails(&["c@x.com"]), "title", "CEO"),
        with(mails(&["c@x.com"]), "linkedin", "cem"),
    ];
    let answer = service.create_bulk("person", &batch);
    assert_eq!(answer.header("clarify-matched"), Some("0,2,3,4"));
    let found = ids(&answer.expect(201));
    // The record of the first has given up what the second is matched on.
    assert!(found[0] == known && found[2] == known && found[1] != known);
    assert_eq!([&found[3], &found[4]], [&other, &other]);
    let first = service.attributes("person", &known);
    assert_eq!((&first["title"], &first["linkedin"]), (&json!("VP"), &json!("ana")));
    let last = service.attributes("person", &other);
    assert_eq!((&last["title"], &last["linkedin"]), (&json!("CEO"), &json!("cem")));
    assert_eq!(total(&service, "person"), 3);
}

#[test]
fn an_entry_of_a_batch_that_matches_what_one_before_it_has_made_as_well_is_refused() {
    let service = Service::new();
    let known = service.id("person", &mails(&["a@x.com"]));
    let batch = [mails(&["b@x.com"]), mails(&["a@x.com", "b@x.com"])];
    let errors = service.create_bulk("person", &batch).errors(400);
    let belong = format!("the values of `email_addresses` belong to `{known}` and `per_");
    assert!(errors[0].2.contains(&belong), "{errors:?}");
    assert_eq!(total(&service, "person"), 1);
}
