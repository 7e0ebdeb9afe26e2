//! The schemas of the workspace's objects.

use clarify_schema::{BUILT_INS, Field, Kind, Object, read_schema};
use clarify_server::Server;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::Service;

const FIELDS: &[Field] =
    &[Field::new("number", Kind::Text).required().unique(), Field::new("total", Kind::Currency)];

fn service() -> Service {
    Service::of(Server::builder().register(&Object::new("c_order", FIELDS)))
}

/// The names of a page's objects, with spaces between.
fn names(page: &Value) -> String {
    let name =
        |schema: &Value| schema["id"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    page["data"].as_array().unwrap().iter().map(name).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_object_is_shown_in_the_form_it_can_be_registered_from() {
    let page = service().get("/schemas").expect(200);
    assert_eq!(names(&page), "person company deal meeting task c_order");
    assert_eq!(page["links"], json!({}));
    for (schema, object) in page["data"].as_array().unwrap().iter().zip(BUILT_INS) {
        assert_eq!(schema["type"], "schema");
        assert_eq!(schema["id"], format!("https://getclarify.ai/schemas/entities/{}", object.name));
        assert_eq!(schema["attributes"]["$id"], schema["id"]);
        assert_eq!(read_schema(&schema["attributes"]).unwrap().fields, object.fields);
    }
    let order = read_schema(&page["data"][5]["attributes"]).unwrap();
    assert_eq!(order.unique_field().map(|field| &*field.name), Some("number"));
}

#[test]
fn schemas_are_paged_by_a_cursor() {
    let service = service();
    let first = service.get("/schemas?page[limit]=4&x=1").expect(200);
    assert_eq!(names(&first), "person company deal meeting");
    let next = first["links"]["next"].as_str().unwrap();
    assert!(next.contains("/schemas?x=1&page[limit]=4&page[cursor]="), "{next}");
    let path = next.split("/workspaces/local").nth(1).unwrap();
    let last = service.get(path).expect(200);
    assert_eq!(names(&last), "task c_order");
    assert_eq!(last["links"], json!({}));
}

#[test]
fn a_cursor_outlives_its_object() {
    let service = service();
    let page = service.get("/schemas?page[limit]=6").expect(200);
    assert_eq!(names(&page), "person company deal meeting task c_order");
    create(&service, json!({ "name": "last", "plural": "lasts" })).expect(201);
    let page = service.get("/schemas?page[limit]=6").expect(200);
    let next = page["links"]["next"].as_str().unwrap();
    let path = next.split("/workspaces/local").nth(1).unwrap();
    service.delete("/schemas/objects/c_order").expect(200);
    assert_eq!(names(&service.get(path).expect(200)), "c_last");
    service.delete("/schemas/objects/c_last").expect(200);
    assert_eq!(names(&service.get(path).expect(200)), "");
}

#[test]
fn what_is_wrong_with_the_page_is_said() {
    let service = service();
    for query in ["page[limit]=0", "page[limit]=101", "page[limit]=x", "page[cursor]=nobody"] {
        let detail = service.get(&format!("/schemas?{query}")).detail(400);
        assert!(detail.starts_with(&format!("`{}`", query.split('=').next().unwrap())), "{detail}");
    }
}

fn create(service: &Service, body: Value) -> crate::client::Answer {
    service.send(Method::POST, "/schemas/objects", Some(body.to_string()))
}

fn properties(fields: Value) -> Option<String> {
    let data = json!({ "type": "schema-properties", "attributes": fields });
    Some(json!({ "data": data }).to_string())
}

#[test]
fn an_object_is_made_and_holds_records_at_once() {
    let service = Service::new();
    let body = json!({
        "name": "Sales Order",
        "plural": "Sales Orders",
        "description": "What was sold.",
        "properties": { "number": { "type": ["string", "null"], "xClarifyUnique": true } }
    });
    let schema = create(&service, body.clone()).expect(201)["data"].take();
    assert_eq!(schema["id"], "https://getclarify.ai/schemas/entities/c_sales_order");
    assert_eq!(schema["attributes"]["xClarifyLabel"]["plural"], "Sales Orders");
    assert_eq!(create(&service, body).detail(422), "Object already exists");
    let record = json!({ "data": { "type": "c_sales_order", "attributes": { "number": "1" } } });
    let post =
        || service.send(Method::POST, "/objects/c_sales_order/records", Some(record.to_string()));
    let first = post().expect(201)["data"]["id"].take();
    assert_eq!(post().expect(201)["data"]["id"], first, "the unique field is matched on");
    assert!(names(&service.get("/schemas").expect(200)).ends_with(" c_sales_order"));
}

#[test]
fn names_and_limits_of_objects_are_kept() {
    let service = Service::new();
    let detail = create(&service, json!({ "name": "!", "plural": "x" })).detail(400);
    assert!(detail.starts_with("/name: Invalid name format"), "{detail}");
    let long = "x".repeat(33);
    let pointers: Vec<_> =
        create(&service, json!({ "name": long, "description": "x".repeat(257) }))
            .errors(422)
            .into_iter()
            .map(|(_, pointer, _)| pointer)
            .collect();
    assert_eq!(pointers, ["/name", "/plural", "/description"]);
    let twice = json!({ "a": { "type": "string", "xClarifyUnique": true }, "b": { "type": "string", "xClarifyUnique": true } });
    let body = json!({ "name": "Two", "plural": "Twos", "properties": twice });
    assert!(create(&service, body).pointer(422).ends_with("/xClarifyUnique"));
    assert_eq!(create(&service, json!(5)).errors(422).len(), 2);
}

#[test]
fn fields_are_added_to_any_object_and_none_is_replaced() {
    let service = Service::new();
    let add = |object: &str, fields: Value| {
        service.send(Method::POST, &format!("/schemas/{object}/properties"), properties(fields))
    };
    let field = json!({ "type": ["string", "null"], "enum": ["Gold", "Silver"] });
    assert_eq!(add("person", json!({ "tier": field })).expect(202), json!({}));
    assert_eq!(add("person", json!({ "tier": field })).pointer(422), "/data/attributes/tier");
    let bare = json!({ "size": { "type": "number" }, "tall": { "type": "boolean" } });
    assert_eq!(add("person", bare).pointer(422), "/data/attributes/size/type");
    assert_eq!(add("nothing", json!({ "a": field })).errors(404).len(), 1);
    let tier = |tier: &str| {
        let record = json!({ "data": { "type": "person", "attributes": { "tier": tier } } });
        service.send(Method::POST, "/objects/person/records", Some(record.to_string()))
    };
    tier("Gold").expect(201);
    assert_eq!(tier("gold").pointer(422), "/data/attributes/tier");
}

#[test]
fn schemas_outlive_the_service() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Service::of(Server::builder().data(folder.path().join("records.db")));
    let body = json!({ "name": "Thing", "plural": "Things" });
    let service = open();
    create(&service, body).expect(201);
    drop(service);
    assert!(names(&open().get("/schemas").expect(200)).ends_with(" c_thing"));
}

#[test]
fn of_edits_at_once_none_is_lost() {
    let service = Service::new();
    let add = &|number: usize| {
        let field = json!({ format!("f{number}"): { "type": ["string", "null"] } });
        let path = "/schemas/person/properties";
        service.send(Method::POST, path, properties(field)).status
    };
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let adds: Vec<_> = (0..8).map(|number| scope.spawn(move || add(number))).collect();
        adds.into_iter().map(|add| add.join().unwrap()).collect()
    });
    let schemas = service.get("/schemas").expect(200);
    let shown = &schemas["data"][0]["attributes"]["properties"];
    for (number, status) in statuses.into_iter().enumerate() {
        // One edit at a time: another is told to come again.
        assert!(matches!(status, 202 | 409), "{status}");
        assert_eq!(shown.get(format!("f{number}")).is_some(), status == 202, "f{number}");
    }
}
