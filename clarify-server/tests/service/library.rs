//! The service as a library.

use clarify_schema::{Field, Kind, Object, PERSON};
use clarify_server::{Seed, Server};
use serde_json::json;

use crate::client::Service;

#[test]
fn a_running_service_takes_objects() {
    let service = Service::new();
    assert_eq!(service.create("c_note", &json!({})).status, 404);
    let note = |fields| Object::named("c_note", fields);
    service.server.register(&note(vec![Field::new("text", Kind::Text)])).unwrap();
    let id = service.id("c_note", &json!({ "text": "x" }));
    service.server.register(&note(vec![Field::new("stars", Kind::Number)])).unwrap();
    service.update("c_note", &id, &json!({ "stars": 5 })).expect(200);
    assert_eq!(service.attributes("c_note", &id), json!({ "text": "x", "stars": 5 }));
}

#[test]
fn a_derived_type_adds_its_fields_to_a_built_in() {
    let fields = vec![Field::new("name", Kind::Text), Field::new("shoe_size", Kind::Number)];
    let service = Service::of(Server::builder().register(&Object::named("person", fields)));
    let id = service.id("person", &json!({ "name": "Ana", "shoe_size": 38, "title": "CTO" }));
    assert_eq!(service.attributes("person", &id)["shoe_size"], 38);
    service.server.register(&PERSON).unwrap();
}

#[test]
fn an_object_that_contradicts_is_refused() {
    let refuse = |name: &'static str, fields: Vec<Field>| {
        let builder = Server::builder().register(&Object::named(name, fields));
        builder.start().unwrap_err().to_string()
    };
    assert_eq!(
        refuse("person", vec![Field::new("title", Kind::Number)]),
        "object `person`: field `title` is a text, not a number"
    );
    assert_eq!(
        refuse("person", vec![Field::new("title", Kind::Text).unique()]),
        "object `person`: its unique field is `email_addresses`, not `title`"
    );
    assert!(refuse("meeting", vec![Field::new("title", Kind::Text).unique()]).contains("`title`"));
    assert!(refuse("note", vec![]).contains("c_"));
    assert!(refuse("c_note", vec![Field::new("a b", Kind::Text)]).contains("`a b`"));
    let twice = vec![Field::new("a", Kind::Text), Field::new("a", Kind::Text)];
    assert!(refuse("c_note", twice).contains("twice"));
}

#[test]
fn seeds_are_checked_as_creates_are_and_all_or_none_are_taken() {
    let service = Service::new();
    let seed = |seeds: Vec<Seed>| service.server.seed("deal", seeds).map_err(|e| e.to_string());
    let good = || Seed::new("dea_1", r#"{"name": "A"}"#);
    for (bad, expected) in [
        (Seed::new("dea_2", "{"), "not JSON"),
        (Seed::new("dea_2", r#"{"nam": 1}"#), "did you mean `name`"),
        (Seed::new("dea_1", "{}"), "taken"),
        (Seed::new("dea_2", r#"{"name": "A"}"#), "`dea_1`"),
        (Seed::new("", "{}"), "empty"),
    ] {
        let error = seed(vec![good(), bad]).unwrap_err();
        assert!(error.contains(expected), "{error}");
        assert!(service.ids("deal", &[]).is_empty());
    }
    let created = "2024-03-01T12:00:00.123Z".parse().unwrap();
    let updated = "2024-03-15T09:30:00Z".parse().unwrap();
    seed(vec![good().created_at(created).updated_at(updated)]).unwrap();
    let record = service.get("/objects/deal/records/dea_1").expect(200);
    let expected = json!({
        "name": "A", "_created_at": "2024-03-01T12:00:00Z", "_updated_at": "2024-03-15T09:30:00Z",
    });
    assert_eq!(record["data"]["attributes"], expected);
    assert!(service.server.seed("nothing", []).unwrap_err().to_string().contains("`nothing`"));
}

#[test]
fn settings_that_can_not_be_used_are_named() {
    let error = |builder: clarify_server::ServerBuilder| builder.start().unwrap_err().to_string();
    assert!(error(Server::builder().workspace("a/b")).contains("`a/b`"));
    assert!(error(Server::builder().public_url("ftp://x")).contains("`ftp://x`"));
    assert!(error(Server::builder().addr("nowhere")).contains("nowhere"));
    let bad_key = error(Server::builder().api_key("a secret"));
    assert!(bad_key.contains("API key") && !bad_key.contains("secret"));
    let taken = Server::builder().start().unwrap();
    let addr = taken.addr().to_string();
    assert!(error(Server::builder().addr(&addr)).contains(&addr));
}

#[test]
fn a_service_lives_within_an_asynchronous_runtime() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let server = Server::builder().start().unwrap();
        server.seed("deal", [Seed::new("dea_1", "{}")]).unwrap();
        server.register(&Object::named("c_note", vec![])).unwrap();
        drop(server);
        Server::builder().start().unwrap().stop();
    });
}

#[test]
fn a_stopped_service_gives_its_port_back() {
    let server = Server::builder().start().unwrap();
    let addr = server.addr().to_string();
    server.stop();
    Server::builder().addr(addr).start().unwrap();
}
