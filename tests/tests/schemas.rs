//! The workspace's schemas through the client.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that does not go as it should ends there"
)]

use clarify_core::blocking::Wait as _;
use clarify_core::schema::{BUILT_INS, Effect, Field, Kind, Object};
use clarify_core::{ClarifyObject, Client, Error, RetryPolicy};
use clarify_server::{Contract, Server};
use clarify_tests::clock::TestClock;
use clarify_tests::objects::Company;
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
    for (answer, expected) in [
        (r#"{"data":3}"#, "/$id: a schema names its object in `$id`"),
        ("<html>", "GET /schemas: "),
    ] {
        let error = schemas(answer).await.unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert!(!error.may_have_written(), "reading writes nothing");
    }
}

#[tokio::test]
async fn what_can_not_be_understood_of_an_object_does_not_hide_the_others() {
    let schema = |name: &str, properties| {
        let id = format!("x/entities/{name}");
        json!({ "attributes": {
            "$id": id, "xClarifyNamespace": "objects", "properties": properties,
        } })
    };
    let options = json!({ "a": { "type": ["string", "null"], "enum": ["One", null] } });
    let answer = json!({ "data": [schema("c_a", json!(3)), schema("c_b", options)] });
    let objects = schemas(&answer.to_string()).await.unwrap();
    assert_eq!(objects[0].fields.len(), 0);
    assert_eq!(*objects[1].field("a").unwrap().options, ["One"]);
}

/// What the client reads of an answer.
async fn schemas(answer: &str) -> Result<Vec<Object>, Error> {
    let script = Script::of([Step::answer(200, answer)]);
    let client = script.builder(&TestClock::default()).retry(RetryPolicy::never());
    client.build().unwrap().schemas().await
}

#[tokio::test]
async fn every_edit_is_seen_under_both_contracts() {
    for contract in [Contract::Documented, Contract::Live] {
        let server = Server::builder().contract(contract).workspace("acme").api_key("secret");
        let server = server.start().unwrap();
        let client = Client::builder("acme").api_key("secret").base_url(server.url());
        let client = client.build().unwrap();
        let edit = || client.schemas();
        let object = async |name: &str| {
            let objects = client.schemas().await.unwrap();
            objects.into_iter().find(|object| object.name == name).unwrap()
        };

        let number = Field::new("number", Kind::Text).required().unique();
        let ticket = Object::named("c_ticket", vec![number]).labels("Ticket", "Tickets");
        edit().create(&ticket).await.unwrap();
        assert_eq!(object("c_ticket").await, ticket);

        let note = Field::new("note", Kind::LongText);
        edit().add_fields("c_ticket", std::slice::from_ref(&note)).await.unwrap();
        assert_eq!(object("c_ticket").await.field("note"), Some(&note));
        let again = edit().add_fields("c_ticket", &[note]).await.unwrap_err();
        assert_eq!((again.status(), again.may_have_written()), (Some(422), false));

        let here = Field::new("company_id", Kind::ToOne).target("company").inverse("tickets");
        let there = Field::new("tickets", Kind::ToMany).target("c_ticket").inverse("company_id");
        let sides = [("c_ticket", &here), ("company", &there)];
        edit().add_relationship(sides).await.unwrap();
        assert_eq!(object("company").await.field("tickets"), Some(&there));
        edit().remove_relationship("company", "tickets").await.unwrap();
        assert_eq!(object("c_ticket").await.field("company_id"), None);

        edit().add_options("task", "priority", &["None".into()]).await.unwrap();
        assert!(object("task").await.field("priority").unwrap().has_option("None"));
        edit().remove_options("task", "priority", &["None".into()]).await.unwrap();
        assert!(!object("task").await.field("priority").unwrap().has_option("None"));

        edit().order_fields("c_ticket", &["note".into(), "number".into()]).await.unwrap();
        assert_eq!(object("c_ticket").await.fields[0].name, "note");

        let documents = edit().documents().await.unwrap();
        let is_ticket = |document: &&serde_json::Value| document["title"] == "Ticket";
        let mut document = documents.iter().find(is_ticket).unwrap().clone();
        document["xClarifyLabel"] = json!({ "singular": "Issue", "plural": "Issues" });
        edit().replace("c_ticket", &document).await.unwrap();
        assert_eq!(object("c_ticket").await.singular.as_deref(), Some("Issue"));
    }
}

#[derive(Debug, ClarifyObject)]
#[clarify(object = "c_thing")]
struct Thing {
    #[clarify(unique)]
    number: String,
    wieght: Option<f64>,
}

#[tokio::test]
async fn a_struct_is_checked_against_the_workspace_under_both_contracts() {
    let number = Field::new("number", Kind::Text).required().unique();
    let thing = Object::named("c_thing", vec![number, Field::new("weight", Kind::Number)]);
    for contract in [Contract::Documented, Contract::Live] {
        let server = Server::builder().contract(contract).workspace("acme").api_key("secret");
        let server = server.register(&thing).start().unwrap();
        let client = Client::builder("acme").api_key("secret").base_url(server.url());
        let client = client.build().unwrap();
        let agreement = client.check::<Thing>().await.unwrap();
        assert!(!agreement.fits());
        assert_eq!(agreement.effect(), Some(Effect::BreaksWriting));
        assert_eq!(
            agreement.to_string(),
            "c_thing.wieght: there is no such field; did you mean `weight`?: breaks writing\n\
             c_thing.weight: a field that is not known here: harmless"
        );
        let waiting = tokio::task::spawn_blocking(move || client.check::<Thing>().wait().unwrap());
        assert_eq!(waiting.await.unwrap(), agreement, "without async");
    }
}

#[tokio::test]
async fn what_fits_has_harmless_differences_at_most_and_an_object_that_is_missing_breaks() {
    let server = Server::builder().workspace("acme").api_key("secret").start().unwrap();
    let client = Client::builder("acme").api_key("secret").base_url(server.url()).build().unwrap();
    let company = client.check::<Company>().await.unwrap();
    assert!(company.fits() && !company.differences().is_empty(), "{company}");
    let thing = client.check::<Thing>().await.unwrap();
    assert_eq!(thing.to_string(), "c_thing: the workspace has no such object: breaks reading");
    assert!(!thing.fits());
}
