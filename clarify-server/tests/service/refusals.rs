//! Refusals that say everything that is wrong, and say it rightly.

use clarify_server::Server;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Answer, Service};
use crate::socket::{Socket, expect_refusal, head};

fn pointers(answer: &Answer, status: u16) -> Vec<String> {
    answer.errors(status).into_iter().map(|(_, pointer, _)| pointer).collect()
}

fn person(attributes: &Value, relationships: &Value) -> String {
    let relationships = relationships.clone();
    json!({ "data": {
        "type": "person", "attributes": attributes, "relationships": relationships,
    } })
    .to_string()
}

#[test]
fn a_resource_names_all_links_that_lead_nowhere() {
    let service = Service::new();
    let deal = |id: &str| json!({ "type": "deal", "id": id });
    let links = json!({
        "company_id": { "data": { "type": "company", "id": "nope" } },
        "deals": { "data": [deal("n1"), { "type": "task", "id": "" }, deal("n2")] },
        "zork": { "data": [] },
    });
    let create = |attributes: Value| {
        service.send(Method::POST, "/objects/person/resources", Some(person(&attributes, &links)))
    };
    let at = "/data/relationships";
    let expected = [
        "/data/attributes/nick".to_owned(),
        format!("{at}/deals/data/1/type"),
        format!("{at}/deals/data/1/id"),
        format!("{at}/zork"),
        format!("{at}/company_id/data/id"),
        format!("{at}/deals/data/0/id"),
        format!("{at}/deals/data/2/id"),
    ];
    assert_eq!(pointers(&create(json!({ "nick": "x" })), 422), expected);
    assert_eq!(service.ids("person", &[]), [""; 0]);
}

#[test]
fn links_are_refused_with_all_that_is_wrong() {
    let service = Service::new();
    let (company, ana) = (service.id("company", &json!({})), service.id("person", &json!({})));
    let path = format!("/objects/company/records/{company}/relationships/people");
    let body = json!({ "data": [
        { "type": "person", "id": ana },
        { "type": "deal", "id": "x" },
        { "type": "person", "id": "nope" },
        { "type": "person" },
    ] });
    let answer = service.send(Method::PATCH, &path, Some(body.to_string()));
    assert_eq!(pointers(&answer, 422), ["/data/1/type", "/data/3/id", "/data/2/id"]);
    assert_eq!(service.attributes("person", &ana).get("company_id"), None);
}

#[test]
fn a_to_many_link_is_no_attribute_whatever_it_says() {
    let service = Service::new();
    let answer = service.create("person", &json!({ "deals": null }));
    assert_eq!(answer.pointer(422), "/data/attributes/deals");
}

#[test]
fn what_is_no_text_in_a_path_is_unknown() {
    let service = Service::new();
    service.get("/objects/person/records/%00%ff").detail(404);
    service.get("/objects/%ff/resources").detail(404);
}

#[test]
fn deleted_records_include_nothing() {
    let service = Service::new();
    let detail = service.get("/objects/person/deleted-resources?include=zork").detail(400);
    assert_eq!(detail, "`include` is not a parameter of this list");
}

#[test]
fn a_body_that_is_declared_too_large_is_not_asked_for() {
    let service = Service::of(Server::builder().body_limit(1000));
    let mut socket = Socket::new(&service);
    let post = "POST /v1/workspaces/local/objects/person/records";
    socket.write(head(&service, post, "Content-Length: 9000\r\nExpect: 100-continue\r\n"));
    assert!(expect_refusal(&socket.answer(), 413).contains("1000"));
}
