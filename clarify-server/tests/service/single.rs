//! One record at a time.

use clarify_schema::{Field, Kind, Object};
use clarify_server::{Seed, Server};
use serde_json::json;

use crate::client::Service;

#[test]
fn a_record_is_created_and_read_back() {
    let service = Service::new();
    let created = service.create("person", &json!({ "name": "Ana", "title": null }));
    assert_eq!(created.header("clarify-matched"), Some(""));
    let text = created.text.clone();
    let created = created.expect(201);
    let id = created["data"]["id"].as_str().unwrap();
    assert!(id.starts_with("per_") && id.len() == 30, "{id}");
    let time = created["data"]["attributes"]["_created_at"].as_str().unwrap();
    assert!(time.len() == 20 && time.ends_with('Z'), "{time}");
    assert_eq!(created["data"]["attributes"]["_updated_at"], time);
    let members =
        format!(r#"{{"data":{{"id":"{id}","type":"person","attributes":{{"name":"Ana","_created"#);
    assert!(text.starts_with(&members), "{text}");
    assert_eq!(service.get(&format!("/objects/person/records/{id}")).text, text);
}

#[test]
fn a_second_record_with_the_unique_value_changes_the_first() {
    let service = Service::new();
    let first = json!({
        "email_addresses": { "items": ["Ana@Example.com", "b@example.com"] },
        "phone_numbers": { "items": ["+1"] },
        "title": "CTO",
        "linkedin": "x",
    });
    let id = service.id("person", &first);
    let second = json!({
        "email_addresses": { "items": ["ana@example.COM"] }, "title": null, "job_title": "CEO",
    });
    let matched = service.create("person", &second);
    assert_eq!(matched.header("clarify-matched"), Some("0"));
    assert_eq!(matched.expect(201)["data"]["id"], json!(id));
    let expected = json!({
        "email_addresses": { "items": ["ana@example.COM"] },
        "phone_numbers": { "items": ["+1"] },
        "linkedin": "x",
        "job_title": "CEO",
    });
    assert_eq!(service.attributes("person", &id), expected);
    // The address that was given up makes a new record.
    assert_ne!(
        service.id("person", &json!({ "email_addresses": { "items": ["b@example.com"] } })),
        id
    );
}

#[test]
fn texts_match_exactly_and_no_value_never_matches() {
    let service = Service::new();
    let id = service.id("deal", &json!({ "name": "Renewal" }));
    assert_eq!(service.id("deal", &json!({ "name": "Renewal", "amount": 1 })), id);
    assert_ne!(service.id("deal", &json!({ "name": "renewal" })), id);
    let (a, b) = (service.id("deal", &json!({})), service.id("deal", &json!({})));
    assert_ne!(a, b);
    assert_ne!(
        service.id("meeting", &json!({ "title": "x" })),
        service.id("meeting", &json!({ "title": "x" }))
    );
}

#[test]
fn a_record_that_matches_two_is_refused_and_names_both() {
    let service = Service::new();
    let mail = |items: &[&str]| json!({ "email_addresses": { "items": items }, "title": "new" });
    let (a, b) =
        (service.id("person", &mail(&["a@x.com"])), service.id("person", &mail(&["b@x.com"])));
    let before = service.get(&format!("/objects/person/records/{a}")).text;
    let detail = service.create("person", &mail(&["B@x.com", "a@x.com"])).detail(400);
    assert!(detail.contains(&a) && detail.contains(&b), "{detail}");
    assert!(detail.starts_with("/data/attributes/email_addresses: "), "{detail}");
    assert_eq!(service.get(&format!("/objects/person/records/{a}")).text, before);
}

#[test]
fn match_on_names_the_unique_field() {
    let service = Service::new();
    let send = |object: &str, match_on: &str| {
        let data = json!({ "type": object, "attributes": {} });
        let body = json!({ "data": data, "match_on": match_on });
        service.post(&format!("/objects/{object}/records"), &body)
    };
    send("person", "email_addresses").expect(201);
    assert_eq!(send("person", "title").pointer(422), "/match_on");
    assert_eq!(send("meeting", "title").pointer(422), "/match_on");
}

#[test]
fn an_update_changes_what_it_mentions() {
    let service = Service::new();
    let id =
        service.id("company", &json!({ "name": "A", "industry": "x", "employee_count": 1.50 }));
    let updated = service.update("company", &id, &json!({ "industry": null, "description": "d" }));
    assert_eq!(updated.expect(200)["data"]["id"], json!(id));
    let expected = json!({ "name": "A", "employee_count": 1.5, "description": "d" });
    assert_eq!(service.attributes("company", &id), expected);
    service.update("company", &id, &json!({ "domains": { "items": ["a.com"] } })).expect(200);
    service.update("company", &id, &json!({ "domains": { "items": [] } })).expect(200);
    assert_eq!(service.attributes("company", &id), expected);
}

#[test]
fn an_update_sets_its_time_even_if_nothing_changes() {
    let service = Service::new();
    let long_ago = "2020-01-01T00:00:00Z".parse().unwrap();
    service.server.seed("deal", [Seed::new("dea_1", "{}").created_at(long_ago)]).unwrap();
    let updated = service.update("deal", "dea_1", &json!({})).expect(200);
    let attributes = &updated["data"]["attributes"];
    assert_eq!(attributes["_created_at"], "2020-01-01T00:00:00Z");
    assert!(attributes["_updated_at"].as_str().unwrap() > "2026");
}

#[test]
fn an_update_may_not_take_what_is_unique_to_another() {
    let service = Service::new();
    let a = service.id("deal", &json!({ "name": "A" }));
    let b = service.id("deal", &json!({ "name": "B" }));
    let detail = service.update("deal", &b, &json!({ "name": "A" })).detail(400);
    assert!(detail.contains(&a) && detail.starts_with("/data/attributes/name: "), "{detail}");
    service.update("deal", &a, &json!({ "name": "C" })).expect(200);
    service.update("deal", &b, &json!({ "name": "A" })).expect(200);
    assert_eq!(service.id("deal", &json!({ "name": "A" })), b);
}

#[test]
fn ids_in_paths_are_opaque() {
    let service = Service::new();
    service.server.seed("person", [Seed::new("a b/ü?", "{}")]).unwrap();
    service.get("/objects/person/records/a%20b%2F%C3%BC%3F").expect(200);
    for id in ["per_01HX9Z2K3M4N5P6Q7R8S9T0U", "x", "%20"] {
        assert!(
            service.get(&format!("/objects/person/records/{id}")).detail(404).contains("person")
        );
    }
    assert_eq!(service.update("person", "nobody", &json!({})).errors(404).len(), 1);
    assert_eq!(service.delete("/objects/person/records/nobody").errors(404).len(), 1);
}

#[test]
fn a_deleted_record_is_gone_and_its_unique_value_free() {
    let service = Service::new();
    let id = service.id("deal", &json!({ "name": "A" }));
    let deleted = service.delete(&format!("/objects/deal/records/{id}"));
    assert_eq!((deleted.status, deleted.text.as_str()), (204, ""));
    assert_eq!(service.get(&format!("/objects/deal/records/{id}")).status, 404);
    assert_eq!(service.delete(&format!("/objects/deal/records/{id}")).status, 404);
    assert_ne!(service.id("deal", &json!({ "name": "A" })), id);
}

#[test]
fn numbers_survive_as_they_were_written() {
    let service = Service::new();
    for number in ["999999999999.9999", "1.10", "-0.0001", "12e2", "0"] {
        let body = format!(
            r#"{{"data":{{"type":"deal","attributes":{{"amount":{number},"name":"{number}"}}}}}}"#
        );
        let created = service.send(reqwest::Method::POST, "/objects/deal/records", Some(body));
        assert_eq!(created.status, 201, "{}", created.text);
        let id = created.json()["data"]["id"].as_str().unwrap().to_owned();
        service.update("deal", &id, &json!({ "description": "x" })).expect(200);
        let read = service.get(&format!("/objects/deal/records/{id}")).text;
        assert!(read.contains(&format!("\"amount\":{number},")), "{read}");
    }
    let detail = service.create("deal", &json!({ "amount": 1e12 })).detail(400);
    assert!(detail.starts_with("/data/attributes/amount: number out of range"), "{detail}");
}

#[test]
fn what_is_wrong_with_a_body_is_said_with_its_place() {
    let service = Service::new();
    let post = |body: serde_json::Value| service.post("/objects/person/records", &body);
    let attributes = json!({});
    assert_eq!(post(json!({})).pointer(422), "/data");
    assert_eq!(post(json!({ "data": [] })).pointer(422), "/data");
    assert_eq!(post(json!([])).pointer(422), "");
    assert_eq!(post(json!({ "data": { "attributes": {} } })).pointer(422), "/data/type");
    assert_eq!(post(json!({ "data": { "type": "person" } })).pointer(422), "/data/attributes");
    let data = json!({ "type": "person", "attributes": attributes, "id": "per_1" });
    assert_eq!(post(json!({ "data": data })).pointer(422), "/data/id");
    let data = json!({ "type": "deal", "attributes": attributes });
    assert!(post(json!({ "data": data })).detail(409).contains("`deal` is not `person`"));
    let data = json!({ "type": "person", "attributes": attributes, "relationships": { "a": 1 } });
    assert_eq!(post(json!({ "data": data })).pointer(422), "/data/relationships");
    let data = json!({ "type": "person", "attributes": attributes, "relationships": {}, "x": 1 });
    post(json!({ "data": data, "more": 1 })).expect(201);
}

#[test]
fn every_problem_of_a_record_is_in_one_answer() {
    let service = Service::new();
    let attributes = json!({
        "email_addresses": { "items": ["a", "a@x.com"] }, "nam": 1, "_created_at": "x",
    });
    let errors = service.create("person", &attributes).errors(422);
    let mut pointers: Vec<_> = errors.iter().map(|(_, pointer, _)| pointer.as_str()).collect();
    pointers.sort_unstable();
    assert_eq!(
        pointers,
        [
            "/data/attributes/_created_at",
            "/data/attributes/email_addresses/items/0",
            "/data/attributes/nam",
        ]
    );
    assert!(
        errors
            .iter()
            .any(|(_, _, d)| d == "/data/attributes/email_addresses/items/0: invalid email")
    );
}

#[test]
fn the_id_in_an_update_may_be_left_out_but_not_differ() {
    let service = Service::new();
    let id = service.id("person", &json!({}));
    let path = format!("/objects/person/records/{id}");
    let send = |data: serde_json::Value| service.patch(&path, &json!({ "data": data }));
    send(json!({ "attributes": {} })).expect(200);
    send(json!({ "id": id, "type": "person", "attributes": {} })).expect(200);
    assert!(send(json!({ "id": "per_2", "attributes": {} })).detail(409).contains("per_2"));
    assert!(send(json!({ "type": "deal", "attributes": {} })).detail(409).contains("deal"));
}

#[test]
fn required_fields_are_there_and_stay() {
    let fields =
        vec![Field::new("number", Kind::Text).required().unique(), Field::new("note", Kind::Text)];
    let service = Service::of(Server::builder().register(&Object::named("c_order", fields)));
    assert_eq!(service.create("c_order", &json!({})).pointer(422), "/data/attributes/number");
    let id = service.id("c_order", &json!({ "number": "1" }));
    assert!(id.starts_with("rec_"));
    let cleared = service.update("c_order", &id, &json!({ "number": null }));
    assert_eq!(cleared.pointer(422), "/data/attributes/number");
    service.update("c_order", &id, &json!({ "note": "x" })).expect(200);
}

#[test]
fn a_name_is_a_text() {
    let service = Service::new();
    let id = service.id("person", &json!({ "name": { "first_name": "Ana", "last_name": "Lee" } }));
    assert_eq!(service.attributes("person", &id), json!({ "name": "Ana Lee" }));
}

#[test]
fn the_last_moments_of_a_year_are_kept_as_they_came() {
    let service = Service::new();
    let last = "9999-12-31T23:59:59.999999999Z";
    let id = service.id("meeting", &json!({ "title": "a", "start": last }));
    assert_eq!(service.attributes("meeting", &id)["start"], last);
    service.id("meeting", &json!({ "title": "b", "start": "9999-12-31T23:59:59-23:59" }));
    let sorted = service.ids("meeting", &[("sortOrder[column]", "start")]);
    assert_eq!(sorted[0], id, "the other is a day later");
    assert_eq!(service.ids("meeting", &[("filter[start][Is]", last)]), [&*id]);
    let before = ("filter[start][Is before]", "9999-12-31T23:59:59.999999Z");
    assert_eq!(service.ids("meeting", &[before]), [""; 0]);
    let impossible = json!({ "start": "2024-03-01T12:00:00+25:00" });
    assert!(service.create("meeting", &impossible).detail(422).contains("date-time"));
}
