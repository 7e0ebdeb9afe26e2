//! The dialect of the hosted service, row by row: ids, records, pages and deletes.

use clarify_core::{Batch, ClarifyObject as _, Patch};
use clarify_server::{Seed, Server};
use clarify_tests::World;
use clarify_tests::misbehaving::{Dialect, Misbehaving};
use clarify_tests::objects::{self, Company, Person, SalesOrder};
use serde_json::{Value, json};

use crate::common::{Raw, before, world};

/// A service, a server that speaks for it, and plain JSON to that.
pub fn live() -> (Server, Misbehaving, World) {
    let (server, proxy) =
        before(|proxy| proxy.dialect(Dialect::Live).objects(objects::ALL).seed(7));
    let world = world(&proxy.url());
    (server, proxy, world)
}

fn is_uuid(value: &Value) -> bool {
    let lengths = value.as_str().unwrap_or_default().split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12])
}

#[tokio::test]
async fn a_record_has_a_uuid_that_stands_for_it_everywhere() {
    let (server, _proxy, live) = live();
    let record = live.create("company", json!({ "name": "CERN" })).await;
    assert!(is_uuid(&record["id"]), "{record}");
    assert_eq!(record["id"], record["attributes"]["_id"]);
    let id = record["id"].as_str().unwrap();
    assert_eq!(live.get(&format!("/objects/company/records/{id}")).await.data(200), record);
    for field in ["id", "_id"] {
        let page = live.list("company", &format!("filter[{field}]={id}")).await;
        assert_eq!(page.ids(200), [id]);
        let others = live.list("company", &format!("filter[{field}]=!={id}")).await;
        assert!(others.ids(200).is_empty());
    }
    let stored = world(&server.url()).list("company", "").await.ids(200);
    assert!(stored[0].starts_with("com_"));
    live.get(&format!("/objects/company/records/{}", stored[0])).await.refused(404);
}

#[tokio::test]
async fn another_server_shows_the_same_ids() {
    let (server, _proxy, first) = live();
    let id = first.created("task", json!({})).await;
    let again = Misbehaving::before(&server).dialect(Dialect::Live).start();
    assert!(world(&again.url()).exists("task", &id).await);
}

#[tokio::test]
async fn a_record_with_an_id_of_its_own_has_a_uuid_too() {
    let (server, proxy, live) = live();
    server.seed("person", [Seed::new("per_1", "{}")]).unwrap();
    let id = proxy.shown_id("person", "per_1");
    assert!(is_uuid(&json!(id)) && live.exists("person", &id).await);
    assert_eq!(live.list("person", "").await.ids(200), [id]);
}

#[tokio::test]
async fn links_hold_uuids() {
    let (server, _proxy, live) = live();
    let company = live.created("company", json!({})).await;
    let person = live.create("person", json!({ "company_id": company })).await;
    assert_eq!(person["attributes"]["company_id"], json!(company));
    let found = live.list("person", &format!("filter[company_id][Is]={company}")).await;
    assert_eq!(found.ids(200).len(), 1);
    let stored = world(&server.url()).list("person", "").await.data(200);
    assert!(stored[0]["attributes"]["company_id"].as_str().unwrap().starts_with("com_"));
    // A user is no record, and keeps its id.
    let deal = json!({ "name": "Renewal", "owner_id": "user-1" });
    assert_eq!(live.create("deal", deal).await["attributes"]["owner_id"], "user-1");
}

#[tokio::test]
async fn records_show_everything_that_they_could_have() {
    let (_server, _proxy, live) = live();
    let order = live.create("c_sales_order", json!({ "order_number": "O-1", "total": 1 })).await;
    let attributes = order["attributes"].as_object().unwrap();
    for field in &*SalesOrder::OBJECT.fields {
        assert!(attributes.contains_key(&*field.name), "{}: {order}", field.name);
    }
    assert_eq!((&attributes["note"], &attributes["total"]), (&Value::Null, &json!(1)));
    assert!(is_uuid(&attributes["_created_by"]) && is_uuid(&attributes["_updated_by"]));
    assert_eq!(attributes["_merged_ids"], json!({ "items": [] }));
    for moment in ["_created_at", "_updated_at"] {
        let moment = attributes[moment].as_str().unwrap();
        let (seconds, fraction) = moment.split_once('.').unwrap();
        assert_eq!((seconds.len(), fraction.len(), moment.ends_with('Z')), (19, 4, true));
    }
}

#[tokio::test]
async fn a_record_is_created_when_it_is() {
    let (_server, _proxy, live) = live();
    let before = jiff::Timestamp::now().as_millisecond();
    let task = live.create("task", json!({})).await;
    let text = task["attributes"]["_created_at"].as_str().unwrap();
    let created = text.parse::<jiff::Timestamp>().unwrap().as_millisecond();
    assert!((before..=jiff::Timestamp::now().as_millisecond()).contains(&created), "{text}");
    for operator in ["Is", "Is on or after", "Is on or before"] {
        let page = live.list("task", &format!("filter[_created_at][{operator}]={text}")).await;
        assert_eq!(page.ids(200).len(), 1, "{operator}");
    }
}

#[tokio::test]
async fn numbers_are_passed_on_as_they_were_written() {
    let (_server, _proxy, live) = live();
    let body = r#"{"data":{"type":"c_sales_order","attributes":{"order_number":"O-1","total":999999999999.9999}}}"#;
    let request = live.request(http::Method::POST, "/objects/c_sales_order/records");
    let request = request.header("Content-Type", "application/json").body(body);
    let answer = clarify_tests::Answer::of(request).await;
    assert!(answer.text.contains(r#""total":999999999999.9999"#), "{}", answer.text);
}

#[tokio::test]
async fn a_persons_name_has_parts_or_is_null() {
    let (_server, _proxy, live) = live();
    let named = |name: Value| live.create("person", json!({ "name": name }));
    let taylor = named(json!("Taylor van Reeves")).await;
    let parts = json!({ "first_name": "Taylor", "last_name": "van Reeves", "full_name": "Taylor van Reeves" });
    assert_eq!(taylor["attributes"]["name"], parts);
    assert_eq!(named(parts.clone()).await["attributes"]["name"], parts);
    assert_eq!(named(json!("Cher")).await["attributes"]["name"]["last_name"], Value::Null);
    assert_eq!(live.create("person", json!({})).await["attributes"]["name"], Value::Null);
    let order = json!({ "order_number": "O-1", "buyer": "Ana Ruiz" });
    let order = live.create("c_sales_order", order).await;
    assert_eq!(order["attributes"]["buyer"]["first_name"], "Ana");
    let found = live.list("person", "filter[name]=Taylor van Reeves").await;
    assert_eq!(found.ids(200).len(), 2);
}

#[tokio::test]
async fn links_of_pages_lead_to_a_host_where_nothing_answers() {
    let (server, _proxy, live) = live();
    for number in 0..3 {
        server.seed("task", [Seed::new(format!("tas_{number}"), r#"{"title":"a b"}"#)]).unwrap();
    }
    let links = |document: Value| document["links"].clone();
    let list = "filter%5Btitle%5D=a+b&page[limit]=1";
    let start = "http://api.clarify.ai/v1/workspaces/acme/objects/task/resources?\
                 filter%5Btitle%5D=a+b&page[limit]=1&page[offset]=";
    let first = links(live.list("task", list).await.document(200));
    assert_eq!(first, json!({ "next": format!("{start}1"), "prev": null }));
    let last = links(live.list("task", &format!("page[offset]=2&{list}")).await.document(200));
    assert_eq!(last, json!({ "next": null, "prev": format!("{start}1") }));
    let bulk = live.bulk_create("task", &[json!({})]).await.document(201);
    assert_eq!(links(bulk), json!({ "next": null, "prev": null }));
}

#[tokio::test]
async fn a_page_has_500_records_and_no_more() {
    let (server, _proxy, live) = live();
    let seeds = (0..501).map(|number| Seed::new(format!("tas_{number}"), "{}"));
    server.seed("task", seeds).unwrap();
    let page = live.list("task", "").await.document(200);
    assert_eq!((page["meta"]["limit"].as_u64(), page["included"].clone()), (Some(500), json!([])));
    assert_eq!(page["data"].as_array().unwrap().len(), 500);
    assert_eq!(live.list("task", "page[limit]=500").await.ids(200).len(), 500);
    live.list("task", "page%5Blimit%5D=501").await.refused(400);
    live.list("task", "page[limit]=0").await.refused(400);
}

#[tokio::test]
async fn deletes_answer_an_empty_object() {
    let (_server, _proxy, live) = live();
    let id = live.created("task", json!({})).await;
    let deleted = live.delete(&format!("/objects/task/records/{id}")).await;
    assert_eq!(deleted.document(200), json!({}));
    let ids = [live.created("task", json!({})).await, live.created("task", json!({})).await];
    let deleted = live.delete_with("/objects/task/records", json!({ "items": ids })).await;
    assert_eq!(deleted.document(200), json!({}));
    assert!(!live.exists("task", &ids[1]).await);
}

#[tokio::test]
async fn creates_do_not_tell_what_matched() {
    let (_server, _proxy, live) = live();
    let deal =
        json!({ "data": { "type": "deal", "attributes": { "name": "A" } }, "match_on": "name" });
    for _ in 0..2 {
        let answer = live.post("/objects/deal/records", deal.clone()).await;
        assert_eq!((answer.status, answer.header("clarify-matched")), (201, None));
        assert!(answer.header("x-request-id").is_some(), "the other headers stay");
    }
}

#[tokio::test]
async fn a_request_must_say_who_it_is() {
    let (_server, proxy, _live) = live();
    let mut raw = Raw::to(proxy.address());
    raw.send("GET", "/objects/task/resources", "Authorization: api-key secret\r\n", "");
    assert_eq!(raw.read().status(), 403);
    let bearer = "Authorization: Bearer secret\r\nUser-Agent: raw\r\n";
    raw.send("GET", "/objects/task/resources", bearer, "");
    let refused = raw.read();
    assert!(refused.status() == 401 && refused.body.contains("Invalid API key"), "{refused:?}");
}

#[tokio::test]
async fn the_typed_client_keeps_to_the_dialect() {
    let (_server, proxy, _live) = live();
    let client = proxy.client();
    let (companies, people) = (client.records::<Company>(), client.records::<Person>());
    let cern = Company { domains: vec!["cern.ch".into()], ..Company::default() };
    let cern = companies.upsert(&cern).await.unwrap();
    let ana = Person {
        name: Some("Ana Ruiz".into()),
        email_addresses: vec!["ana@cern.ch".into()],
        company_id: Some(cern.id.clone()),
        ..Person::default()
    };
    let saved = people.bulk_upsert(&Batch::of([&ana])).await.unwrap().remove(0);
    assert_eq!(saved.attributes, ana);
    assert_eq!(people.upsert(&ana).await.unwrap().id, saved.id);
    let changed = people.update(&saved.id, Patch::new().set(Person::TITLE, "CRO")).await.unwrap();
    assert_eq!(changed.unwrap().attributes.title.as_deref(), Some("CRO"));
    let of_cern = people.list().filter(Person::COMPANY_ID.is(&cern.id)).await.unwrap();
    assert_eq!((of_cern.records.len(), of_cern.unreadable.len()), (1, 0));
    let orders = client.records::<SalesOrder>();
    let order = orders.create(&SalesOrder::numbered("O-1")).await.unwrap();
    orders.update(&order.id, Patch::new().set(SalesOrder::PAID, true)).await.unwrap();
    orders.bulk_delete(&Batch::of([&order.id])).await.unwrap();
    people.delete(&saved.id).await.unwrap();
    assert!(people.get(&saved.id).await.unwrap_err().is_not_found());
}
