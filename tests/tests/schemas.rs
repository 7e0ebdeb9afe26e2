//! The workspace's schemas through the client.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that does not go as it should ends there"
)]

use clarify_core::schema::{BUILT_INS, Field, Kind, Object};
use clarify_core::{Client, RetryPolicy};
use clarify_server::{Contract, Server};
use clarify_tests::clock::TestClock;
use clarify_tests::script::{Script, Step};
use serde_json::json;

fn things(count: usize) -> Vec<Object> {
    let thing = |n| {
        let number = Field::new("number", Kind::Text).unique();
        Object::named(format!("c_thing_{n}"), vec![number, Field::new("weight", Kind::Number)])
    };
    (0..count).map(thing).collect()
}

#[tokio::test]
async fn every_object_of_every_page_is_read_under_both_contracts() {
    for contract in [Contract::Documented, Contract::Live] {
        let builder = Server::builder().contract(contract).workspace("acme").api_key("secret");
        let things = things(130);
        let builder = things.iter().fold(builder, |builder, object| builder.register(object));
        let server = builder.start().unwrap();
        let client = Client::builder("acme").api_key("secret").base_url(server.url());
        let objects = client.build().unwrap().schemas().await.unwrap();
        assert_eq!(objects.len(), BUILT_INS.len() + things.len());
        let last = objects.last().unwrap();
        assert_eq!(last.name, "c_thing_129");
        assert_eq!(last.unique_field().unwrap().name, "number");
        let person = objects.iter().find(|object| object.name == "person").unwrap();
        assert_eq!(person.field("email_addresses").unwrap().kind, Kind::EmailAddresses);
    }
}

#[tokio::test]
async fn links_that_go_round_in_circles_come_to_an_end() {
    let page = |name: &str, next: &str| {
        let schema = json!({
            "$id": format!("https://getclarify.ai/schemas/entities/{name}"),
            "xClarifyNamespace": "objects",
            "properties": {},
        });
        let next = format!("http://elsewhere.example/v1/schemas?cursor={next}");
        let data = [json!({ "type": "schema", "attributes": schema })];
        Step::answer(200, json!({ "links": { "next": next }, "data": data }).to_string())
    };
    let script = Script::of([page("c_a", "1"), page("c_b", "2"), page("c_c", "1")]);
    let client = script.builder(&TestClock::default()).build().unwrap();
    let objects = client.schemas().await.unwrap();
    let names: Vec<_> = objects.iter().map(|object| &*object.name).collect();
    assert_eq!(names, ["c_a", "c_b", "c_c"]);
    let sent = ["GET /schemas", "GET /schemas?cursor=1", "GET /schemas?cursor=2"];
    assert_eq!(script.lines(), sent, "the path and the host are the client's own");
}

#[tokio::test]
async fn an_answer_that_is_no_list_of_schemas_is_an_error_that_says_where() {
    let odd = json!({ "data": [{ "attributes": {
        "$id": "x/entities/c_a", "xClarifyNamespace": "objects", "properties": 3,
    } }] });
    for (answer, expected) in [
        (odd.to_string(), "/properties: expected an object"),
        ("<html>".to_owned(), "GET /schemas: "),
    ] {
        let script = Script::of([Step::answer(200, answer)]);
        let client = script.builder(&TestClock::default()).retry(RetryPolicy::never());
        let client = client.build().unwrap();
        let error = client.schemas().await.unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}
