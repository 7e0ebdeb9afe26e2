//! The service as a program starts it: its settings, its file, many callers at once.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that does not go as it should ends there"
)]

use std::collections::HashSet;

use clarify_core::{ClarifyObject as _, Client, Outcome, RecordId};
use clarify_server::{Seed, Server};
use clarify_tests::World;
use clarify_tests::objects::{Person, SalesOrder};
use serde_json::json;

fn world(server: &Server) -> World {
    World::at(server.url(), server.workspace(), server.api_key())
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_413() {
    let server = Server::builder().body_limit(1000).start().unwrap();
    let world = world(&server);
    let body = |length: usize| {
        let attributes = json!({ "title": "x".repeat(length) });
        json!({ "data": { "type": "person", "attributes": attributes } })
    };
    world.post("/objects/person/records", body(500)).await.data(201);
    let problem = world.post("/objects/person/records", body(1000)).await.problem(413);
    assert!(problem.detail.contains("1000"), "{problem:?}");
    let person = Person { title: Some("x".repeat(1000)), ..Person::default() };
    let error = world.people().create(&person).await.unwrap_err();
    assert!(error.is_invalid() && error.status() == Some(413), "{error}");
    assert_eq!(world.list("person", "").await.ids(200).len(), 1);
}

#[tokio::test]
async fn the_key_of_a_service_is_shown_where_it_is_asked_for_and_nowhere_else() {
    let server = Server::builder().start().unwrap();
    assert!(server.api_key().len() >= 32, "a made key is long");
    assert!(!format!("{server:?}").contains(server.api_key()));
    let builder = Server::builder().api_key("s3cret");
    assert!(!format!("{builder:?}").contains("s3cret"));
    world(&server).list("person", "").await.data(200);
}

#[tokio::test]
async fn many_upserts_of_one_value_at_once_make_one_record() {
    let world = std::sync::Arc::new(World::start());
    let email = world.email("ana");
    let mut running = tokio::task::JoinSet::new();
    for n in 0..20 {
        let (world, email) = (std::sync::Arc::clone(&world), email.clone());
        running.spawn(async move {
            let title = Some(format!("title {n}"));
            let person = Person { email_addresses: vec![email], title, ..Person::default() };
            world.people().upsert(&person).await.unwrap()
        });
    }
    let saved = running.join_all().await;
    assert_eq!(saved.iter().map(|record| &record.id).collect::<HashSet<_>>().len(), 1);
    let created = saved.iter().filter(|record| record.outcome == Some(Outcome::Created)).count();
    assert_eq!(created, 1, "one was the first");
}

#[tokio::test]
async fn a_file_keeps_records_objects_and_unique_values() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.db");
    let start = || Server::builder().workspace("acme").api_key("secret").data(&path);
    let server = start().register(SalesOrder::OBJECT).start().unwrap();
    let order = SalesOrder { note: Some("kept".into()), ..SalesOrder::numbered("1") };
    let saved = world(&server).orders().upsert(&order).await.unwrap();
    server.stop();

    let server = start().start().unwrap();
    let orders = world(&server).orders();
    let found = orders.get(&saved).await.unwrap();
    assert_eq!((&found.attributes, found.created_at), (&order, saved.created_at));
    let again = orders.upsert(&order).await.unwrap();
    assert_eq!((again.id, again.outcome), (saved.id, Some(Outcome::Matched)));
}

#[tokio::test]
async fn records_in_memory_are_gone_with_the_service() {
    let first = World::start();
    first.created("person", json!({})).await;
    drop(first);
    assert!(World::start().list("person", "").await.ids(200).is_empty());
}

#[tokio::test]
async fn a_stopped_service_can_not_be_reached() {
    let server = Server::builder().workspace("acme").api_key("secret").start().unwrap();
    let url = server.url();
    let client = || Client::builder("acme").api_key("secret").base_url(&url).build().unwrap();
    let known = client().records::<Person>();
    known.list().await.unwrap();
    server.stop();
    let error = client().records::<Person>().list().await.unwrap_err();
    assert!(error.is_connect() && !error.may_have_been_received(), "{error:?}");
    // A connection that was open may break instead; then nobody knows.
    let error = known.list().await.unwrap_err();
    assert_ne!(error.is_connect(), error.may_have_been_received(), "{error:?}");
}

#[tokio::test]
async fn seeds_have_their_own_ids_and_times() {
    let server = Server::builder().start().unwrap();
    let created = "2024-03-01T12:00:00Z".parse().unwrap();
    let updated = "2024-03-15T09:30:00Z".parse().unwrap();
    let seed = Seed::new("per_1", r#"{"name":"Ana"}"#).created_at(created).updated_at(updated);
    server.seed("person", [seed]).unwrap();
    let people = world(&server).people();
    let ana = people.get(RecordId::<Person>::new("per_1")).await.unwrap();
    assert_eq!((ana.created_at, ana.updated_at), (Some(created), Some(updated)));
    assert_eq!(ana.attributes.name.as_deref(), Some("Ana"));
    server.seed("person", [Seed::new("per_1", "{}")]).unwrap_err();
    server.seed("person", [Seed::new("per_2", "{}"), Seed::new("per_3", "[]")]).unwrap_err();
    assert_eq!(people.list().await.unwrap().total, Some(1), "all seeds or none");
}

#[tokio::test]
async fn two_services_know_nothing_of_each_other() {
    let (one, two) = (World::start(), World::start());
    let id = one.created("person", json!({})).await;
    assert_ne!(one.base(), two.base());
    assert!(one.exists("person", &id).await && !two.exists("person", &id).await);
}
