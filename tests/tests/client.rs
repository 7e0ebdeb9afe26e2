//! What the client does beside sending one call: paging, the form of its calls, what it refuses to
//! send, what it knows of an upsert's outcome.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that does not go as it should ends there"
)]

use std::collections::HashSet;

use clarify_core::{Batch, Client, Outcome, Patch, Record, RecordId, RetryPolicy};
use clarify_tests::World;
use clarify_tests::objects::{Meeting, Person, Product, SalesOrder};
use clarify_tests::wire::{Reply, Wire};
use serde_json::{Value, json};

/// Creates this many products and gives their ids in order.
async fn stock(world: &World, count: usize) -> Vec<RecordId<Product>> {
    let mut ids = Vec::new();
    let product = |n| Product { name: Some(format!("product {n}")), price: None };
    for batch in Batch::split((0..count).map(product)) {
        let saved = world.products().bulk_create(&batch).await.unwrap();
        ids.extend(saved.into_iter().map(|record| record.id));
    }
    ids
}

/// The ids of every record, a page after the other.
async fn walk(list: clarify_core::List<Product>) -> Vec<RecordId<Product>> {
    let mut ids = Vec::new();
    let mut next = Some(list);
    while let Some(list) = next {
        let page = list.await.unwrap();
        ids.extend(page.records.iter().map(|record| record.id.clone()));
        next = page.next();
    }
    ids
}

#[tokio::test]
async fn paging_visits_every_record_once_and_ends() {
    let world = World::start();
    let ids = stock(&world, 103).await;
    for limit in [1, 2, 7, 25, 102, 103, 104, 500] {
        assert_eq!(walk(world.products().list().limit(limit)).await, ids, "{limit} a page");
    }
    assert_eq!(walk(world.products().list()).await, ids);
}

#[tokio::test]
async fn every_page_keeps_the_filters_the_sort_and_the_limit() {
    let world = World::start();
    stock(&world, 30).await;
    let list = world.products().list().filter(Product::NAME.contains("product 1"));
    let mut next = Some(list.sort(Product::NAME.desc()).limit(4));
    let (mut names, mut sizes) = (Vec::new(), Vec::new());
    while let Some(list) = next {
        let page = list.await.unwrap();
        assert_eq!((page.total, page.limit), (Some(11), Some(4)));
        assert_eq!(page.offset as usize, names.len());
        sizes.push(page.records.len());
        next = page.next();
        names.extend(page.records.into_iter().filter_map(|record| record.attributes.name));
    }
    let mut expected: Vec<_> = (0..30).map(|n| format!("product {n}")).collect();
    expected.retain(|name| name.contains("product 1"));
    expected.sort_by(|a, b| b.cmp(a));
    assert_eq!(names, expected);
    assert_eq!(sizes, [4, 4, 3]);
}

#[tokio::test]
async fn an_empty_list_is_one_page_without_a_next() {
    let page = World::start().products().list().await.unwrap();
    assert!(page.records.is_empty() && page.next().is_none());
    assert_eq!(page.total, Some(0));
}

#[tokio::test]
async fn an_offset_past_the_end_is_a_page_without_a_next() {
    let world = World::start();
    stock(&world, 3).await;
    let page = world.products().list().offset(3).await.unwrap();
    assert!(page.records.is_empty() && page.next().is_none());
    assert_eq!(page.total, Some(3));
}

/// A page of a service that gives two records whatever it is asked for.
fn page(ids: [&str; 2], offset: u64) -> Reply {
    let row = |id| json!({ "id": id, "type": "c_product", "attributes": {} });
    Reply::json(
        "200 OK",
        &json!({
            "data": ids.map(row),
            "meta": { "total_records": 4, "total_pages": 2, "offset": offset, "limit": 2 },
            "links": { "next": "http://somewhere.example/v1/workspaces/acme/objects/c_product/resources?page[limit]=2&page[offset]=2" }
        })
        .to_string(),
    )
}

#[tokio::test]
async fn a_link_to_another_host_is_not_followed() {
    let wire = Wire::script(vec![page(["a", "b"], 0), page(["c", "d"], 2)]);
    let ids = walk(wire.client().records::<Product>().list()).await;
    assert_eq!(ids.iter().map(RecordId::as_str).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    let lines: Vec<_> = wire.received().iter().map(|r| r.line().to_owned()).collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].contains("page%5Boffset%5D=0 "), "{lines:?}");
    assert!(lines[1].contains("page%5Boffset%5D=2 "), "the limit that was given counts: {lines:?}");
}

#[tokio::test]
async fn an_empty_page_ends_the_list_whatever_the_total_says() {
    let empty = r#"{"data":[],"meta":{"total_records":10,"offset":0,"limit":2}}"#;
    let wire = Wire::start(Reply::json("200 OK", empty));
    assert!(walk(wire.client().records::<Product>().list()).await.is_empty());
    assert_eq!(wire.received().len(), 1);
}

#[tokio::test]
async fn a_list_without_meta_is_read_to_its_empty_page() {
    let full = r#"{"data":[{"id":"a","attributes":{}},{"id":"b","attributes":{}}]}"#;
    let replies = [full, full, r#"{"data":[]}"#].map(|body| Reply::json("200 OK", body));
    let wire = Wire::script(replies.to_vec());
    assert_eq!(walk(wire.client().records::<Product>().list()).await.len(), 4);
    let lines: Vec<_> = wire.received().iter().map(|r| r.line().to_owned()).collect();
    assert!(lines[2].contains("page%5Boffset%5D=4 "), "{lines:?}");
}

#[tokio::test]
async fn rows_that_can_not_be_read_count_where_the_next_page_begins() {
    let body = r#"{"data":[{"id":"a","attributes":{"price":"?"}},{"id":"b","attributes":{}}],"meta":{"total_records":3,"offset":0,"limit":2}}"#;
    let wire = Wire::start(Reply::json("200 OK", body));
    let page = wire.client().records::<Product>().list().await.unwrap();
    assert_eq!((page.records.len(), page.unreadable.len()), (1, 1));
    let next = format!("{:?}", page.next().unwrap());
    assert!(next.contains("offset: 2"), "{next}");
}

#[tokio::test]
async fn a_list_asks_for_500_where_nothing_is_said() {
    let wire = Wire::start(Reply::json("200 OK", r#"{"data":[]}"#));
    wire.client().records::<Product>().list().await.unwrap();
    let line = wire.received()[0].line().to_owned();
    assert!(line.contains("page%5Blimit%5D=500&page%5Boffset%5D=0 "), "{line}");
}

#[tokio::test]
async fn a_second_sort_replaces_the_first() {
    let wire = Wire::start(Reply::json("200 OK", r#"{"data":[]}"#));
    let list = wire.client().records::<Product>().list();
    list.sort(Product::NAME.desc()).sort(Product::PRICE.asc()).await.unwrap();
    let line = wire.received()[0].line().to_owned();
    assert_eq!(line.matches("sortOrder").count(), 2, "{line}");
    assert!(line.contains("sortOrder%5Bcolumn%5D=price&sortOrder%5Bdir%5D=ASC"), "{line}");
}

/// The body of the one request that a server got.
fn sent(wire: &Wire) -> Value {
    let received = wire.received();
    assert_eq!(received.len(), 1);
    serde_json::from_str(&received[0].body).unwrap()
}

#[tokio::test]
async fn an_update_of_a_custom_object_has_the_bulk_form() {
    let body =
        r#"{"data":[{"id":"rec_1","type":"c_sales_order","attributes":{"order_number":"1"}}]}"#;
    let wire = Wire::start(Reply::json("200 OK", body));
    let patch = Patch::new().set(SalesOrder::PAID, true);
    let id = RecordId::<SalesOrder>::new("rec_1");
    let saved = wire.client().records().update(&id, patch).await.unwrap().unwrap();
    assert_eq!(saved.id, id);
    let line = wire.received()[0].line().to_owned();
    assert_eq!(line, "PATCH /v1/workspaces/acme/objects/c_sales_order/records HTTP/1.1");
    let expected = json!({
        "data": [{ "type": "c_sales_order", "id": "rec_1", "attributes": { "paid": true } }]
    });
    assert_eq!(sent(&wire), expected);
}

#[tokio::test]
async fn an_update_of_a_custom_object_works() {
    let world = World::start();
    let order = SalesOrder::numbered(world.unique("order"));
    let saved = world.orders().upsert(&order).await.unwrap();
    let patch = Patch::new().set(SalesOrder::PAID, true);
    let changed = world.orders().update(&saved, patch).await.unwrap().unwrap();
    assert_eq!(changed.attributes, SalesOrder { paid: Some(true), ..order });
    let unknown = RecordId::<SalesOrder>::new("rec_0");
    let error = world.orders().update(&unknown, Patch::new().set(SalesOrder::PAID, true)).await;
    assert!(error.unwrap_err().is_not_found());
}

#[tokio::test]
async fn an_upsert_without_a_unique_value_is_not_sent() {
    let wire = Wire::start(Reply::nothing());
    let people = wire.client().records::<Person>();
    let error = people.upsert(&Person::default()).await.unwrap_err();
    assert!(error.is_invalid() && !error.may_have_been_received());
    assert_eq!(
        error.to_string(),
        "POST /objects/person/records (person): not sent: /data/attributes/email_addresses: \
         an upsert matches on `email_addresses`, and it has no value"
    );
    let good = Person { email_addresses: vec!["a@example.com".into()], ..Person::default() };
    let batch = Batch::of([good, Person::default()]);
    let error = people.bulk_upsert(&batch).await.unwrap_err();
    assert_eq!((error.record_index(), error.field()), (Some(1), Some("email_addresses")));
    assert_eq!(wire.received().len(), 0);
}

#[tokio::test]
async fn an_upsert_with_an_empty_unique_text_is_not_sent() {
    let wire = Wire::start(Reply::nothing());
    let orders = wire.client().records::<SalesOrder>();
    let error = orders.upsert(&SalesOrder::numbered("")).await.unwrap_err();
    assert!(error.is_invalid() && !error.may_have_been_received(), "{error}");
    assert_eq!(
        wire.received().len(),
        0,
        "an empty text matches nothing: every upsert would create"
    );
}

#[tokio::test]
async fn what_has_no_value_is_left_out() {
    let wire = Wire::start(Reply::json("201 Created", r#"{"data":{"id":"1","attributes":{}}}"#));
    let meetings = wire.client().records::<Meeting>();
    meetings.create(&Meeting { all_day: Some(false), ..Meeting::default() }).await.unwrap();
    let expected = json!({ "data": { "type": "meeting", "attributes": { "all_day": false } } });
    assert_eq!(sent(&wire), expected);
}

#[tokio::test]
async fn what_is_left_out_stays_on_a_matched_record() {
    let world = World::start();
    let email = vec![world.email("ana")];
    let phone_numbers = vec!["+14155550100".to_owned()];
    let title = Some("CTO".to_owned());
    let whole =
        Person { email_addresses: email.clone(), title, phone_numbers, ..Person::default() };
    let saved = world.people().upsert(&whole).await.unwrap();
    let partial = Person { email_addresses: email, ..Person::default() };
    let again = world.people().upsert(&partial).await.unwrap();
    assert_eq!((again.id, again.attributes), (saved.id, whole));
}

fn outcomes<T>(records: &[Record<T>]) -> Vec<Outcome> {
    records.iter().map(|record| record.outcome.unwrap()).collect()
}

#[tokio::test]
async fn the_outcome_of_an_upsert_is_known_from_our_service() {
    use Outcome::{Created, Matched};
    let world = World::start();
    let person =
        |email: &str| Person { email_addresses: vec![email.to_owned()], ..Person::default() };
    let (ana, ben) = (world.email("ana"), world.email("ben"));
    let people = world.people();
    assert_eq!(people.upsert(&person(&ana)).await.unwrap().outcome, Some(Created));
    assert_eq!(people.upsert(&person(&ana)).await.unwrap().outcome, Some(Matched));
    assert_eq!(people.create(&person(&ana)).await.unwrap().outcome, Some(Matched));
    let batch = Batch::of([person(&ben), person(&ana), person(&ben)]);
    let saved = people.bulk_upsert(&batch).await.unwrap();
    assert_eq!(outcomes(&saved), [Created, Matched, Matched]);
    assert_eq!(people.get(&saved[0]).await.unwrap().outcome, None);
}

#[tokio::test]
async fn the_outcome_is_unknown_where_the_service_does_not_say() {
    use Outcome::{Matched, Unknown};
    let row = |id| json!({ "id": id, "attributes": {} });
    let body = json!({ "data": [row("a"), row("b"), row("a")] }).to_string();
    let wire = Wire::start(Reply::json("201 Created", &body));
    let person = || Person { email_addresses: vec!["a@example.com".into()], ..Person::default() };
    let batch = Batch::of([person(), person(), person()]);
    let saved = wire.client().records().bulk_upsert(&batch).await.unwrap();
    assert_eq!(outcomes(&saved), [Unknown, Unknown, Matched]);
}

#[tokio::test]
async fn a_header_without_places_says_that_all_are_new() {
    let headers = [("Clarify-Matched", "")];
    let body = r#"{"data":{"id":"a","attributes":{}}}"#;
    let wire = Wire::start(Reply::with_headers("201 Created", &headers, body));
    let meeting = wire.client().records().create(&Meeting::default()).await.unwrap();
    assert_eq!(meeting.outcome, Some(Outcome::Created));
}

#[tokio::test]
async fn an_answer_with_fewer_records_than_were_sent_is_not_taken_for_whole() {
    let body = r#"{"data":[{"id":"a","attributes":{}}]}"#;
    let wire = Wire::start(Reply::json("201 Created", body));
    let batch = Batch::of([Product::default(), Product::default()]);
    let result = wire.client().records::<Product>().bulk_create(&batch).await;
    let error = result.expect_err("two records were sent, and one came back");
    assert!(error.is_unreadable() && error.may_have_been_received());
}

#[tokio::test]
async fn every_form_of_the_base_url_reaches_the_service() {
    let world = World::start();
    let root = world.root().to_owned();
    let localhost = root.replace("127.0.0.1", "localhost");
    let forms = [
        root.clone(),
        format!("{root}/"),
        format!("{root}/v1"),
        format!("{root}/v1/"),
        format!("{root}/v1/workspaces/acme"),
        format!("{root}/v1/workspaces/acme/"),
        localhost,
    ];
    for base in forms {
        let client = Client::builder("acme").api_key("secret").base_url(&base).build().unwrap();
        let page = client.records::<Product>().list().await;
        assert!(page.is_ok(), "{base}: {:?}", page.err());
    }
}

#[test]
fn a_base_url_that_would_show_the_key_is_refused() {
    for base in ["http://api.clarify.ai", "http://10.0.0.1:80", "ftp://127.0.0.1", "127.0.0.1:80"] {
        let error = Client::builder("acme").api_key("secret").base_url(base).build().unwrap_err();
        assert!(error.is_config() && !error.may_have_been_received(), "{base}: {error}");
    }
}

#[tokio::test]
async fn an_id_is_one_segment_whatever_it_holds() {
    let world = World::start();
    for id in ["a/b", "a?b=c", "a#b", "a b", "ü", "%2F", "per_1/../per_2", "..."] {
        let error = world.people().get(RecordId::<Person>::new(id)).await.unwrap_err();
        assert!(error.is_not_found(), "{id}: {error}");
        assert!(error.to_string().contains("no `person`"), "the id reached the service: {error}");
    }
}

#[tokio::test]
async fn an_id_that_no_path_can_hold_is_not_sent() {
    let world = World::start();
    let people = world.people();
    for id in ["", ".", ".."] {
        let id = RecordId::<Person>::new(id);
        for error in [
            people.get(&id).await.unwrap_err(),
            people.delete(&id).await.unwrap_err(),
            people.update(&id, Patch::new().set(Person::TITLE, "CRO")).await.unwrap_err(),
        ] {
            assert!(!error.may_have_been_received(), "{error}");
            assert!(error.to_string().contains("can't be the id of a record"), "{error}");
        }
    }
}

#[tokio::test]
async fn a_record_or_its_id_names_it() {
    let world = World::start();
    let saved = world.products().create(&Product::default()).await.unwrap();
    let again = world.products().get(&saved).await.unwrap();
    assert_eq!(world.products().get(saved.id.clone()).await.unwrap(), again);
    world.products().delete(&saved.id).await.unwrap();
    assert!(world.products().get(saved).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn ids_of_a_walk_are_all_different_while_others_create() {
    let world = World::start();
    let mut expected = stock(&world, 40).await;
    let mut next = Some(world.products().list().limit(9));
    let mut seen = Vec::new();
    while let Some(list) = next {
        let page = list.await.unwrap();
        seen.extend(page.records.iter().map(|record| record.id.clone()));
        next = page.next();
        if expected.len() < 60 {
            expected.extend(stock(&world, 5).await);
        }
    }
    assert_eq!(seen.iter().collect::<HashSet<_>>().len(), seen.len());
    assert_eq!(seen, expected, "new records come last, so none is skipped");
}

#[tokio::test]
async fn paging_ends_where_a_service_repeats_itself() {
    let page = r#"{"data":[{"id":"rec_1","attributes":{}}],"meta":{"total_records":5,"offset":0,"limit":1}}"#;
    let wire = Wire::start(Reply::json("200 OK", page));
    let ids = walk(wire.client().records::<Product>().list().limit(1)).await;
    assert_eq!(ids.len(), 5);
    let offsets: Vec<_> = wire.received().iter().map(|r| r.line().to_owned()).collect();
    assert!(offsets[4].contains("page%5Boffset%5D=4"), "{offsets:?}");
}

#[tokio::test]
async fn numbers_of_a_page_that_can_not_be_read_cost_no_record() {
    for meta in [r#""284""#, "284.0", "-1", "null", "{}", "18446744073709551615"] {
        let page = format!(
            r#"{{"data":[{{"id":"rec_1","attributes":{{}}}}],"meta":{{"total_records":{meta},"offset":{meta}}}}}"#
        );
        let wire = Wire::start(Reply::json("200 OK", &page));
        let page = wire.client().records::<Product>().list().await.unwrap();
        assert_eq!(page.records.len(), 1, "{meta}");
    }
}

#[tokio::test]
async fn a_header_of_places_that_can_not_be_read_says_nothing() {
    let body = r#"{"data":{"id":"per_1","type":"person","attributes":{}}}"#;
    for places in ["nonsense", "0,x", "-1"] {
        let headers = [("Clarify-Matched", places)];
        let wire = Wire::start(Reply::with_headers("201 Created", &headers, body));
        let saved = wire.client().records::<Person>().create(&Person::default()).await.unwrap();
        assert_eq!(saved.outcome, Some(Outcome::Unknown), "{places}");
    }
}

/// A proxy is set for a whole program, so the request is sent by another one: this test's own,
/// started again.
#[tokio::test]
async fn no_proxy_sees_what_is_sent_over_plain_http() {
    const TARGET: &str = "CLARIFY_TESTS_TARGET";
    if let Ok(target) = std::env::var(TARGET) {
        let builder = Client::builder("acme").api_key("secret").base_url(target);
        let client = builder.retry(RetryPolicy::never()).build().unwrap();
        let _ = client.records::<Person>().get(RecordId::<Person>::new("per_1")).await;
        return;
    }
    let (service, proxy) = (Wire::start(Reply::nothing()), Wire::start(Reply::nothing()));
    let status = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "no_proxy_sees_what_is_sent_over_plain_http"])
        .envs([(TARGET, service.url()), ("http_proxy", proxy.url()), ("all_proxy", proxy.url())])
        .status();
    assert!(status.unwrap().success());
    assert_eq!((service.received().len(), proxy.received().len()), (1, 0));
}
