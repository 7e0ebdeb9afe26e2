//! The same client against the contract of the hosted service, which it is not told of.

#![allow(clippy::unwrap_used, reason = "a test that does not go as it should ends there")]

use clarify_core::{Batch, Outcome, Patch, Record};
use clarify_server::Server;
use clarify_tests::misbehaving::{Dialect, Fault, Misbehaving, On};
use clarify_tests::objects::{self, Company, Person, SalesOrder, Task};

fn server() -> Server {
    let builder = Server::builder().workspace("acme").api_key("secret");
    let builder = objects::ALL.iter().fold(builder, |builder, object| builder.register(object));
    builder.start().unwrap()
}

fn hosted(server: &Server) -> Misbehaving {
    Misbehaving::before(server).dialect(Dialect::Live).objects(objects::ALL).start()
}

fn ana() -> Person {
    Person {
        name: Some("Ana Lima".into()),
        email_addresses: vec!["ana@example.com".into()],
        ..Person::default()
    }
}

#[tokio::test]
async fn every_call_goes_well() {
    let server = server();
    let proxy = hosted(&server);
    let people = proxy.client().records::<Person>();
    let saved = people.upsert(&ana()).await.unwrap();
    assert_eq!(saved.attributes, ana(), "a name as an object, `null`s and `_id` lose nothing");
    assert_eq!(saved.outcome, Some(Outcome::Unknown));
    assert!(saved.created_at.is_some());
    let titled = Person { title: Some("VP".into()), ..ana() };
    let again = people.upsert(&titled).await.unwrap();
    assert_eq!(again.id, saved.id);
    assert!(people.create(&ana()).await.unwrap_err().is_invalid(), "it is taken");
    let found = people.list().filter(Person::TITLE.is("VP")).await.unwrap();
    assert_eq!((found.records.len(), found.total), (1, Some(1)));
    let patch = Patch::new().set(Person::TITLE, "CRO").clear(Person::NAME);
    let changed = people.update(&saved, patch).await.unwrap().unwrap();
    assert_eq!((changed.attributes.title.as_deref(), changed.attributes.name), (Some("CRO"), None));
    people.delete(&saved).await.unwrap();
    assert!(people.get(&saved).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn a_custom_object_is_updated_though_the_single_form_answers_500() {
    let server = server();
    let proxy = hosted(&server);
    let orders = proxy.client().records::<SalesOrder>();
    let saved = orders.upsert(&SalesOrder::numbered("SO-1")).await.unwrap();
    let patch = Patch::new().set(SalesOrder::PAID, true);
    let changed = orders.update(&saved, patch).await.unwrap().unwrap();
    assert_eq!(changed.attributes.paid, Some(true));
}

#[tokio::test]
async fn lists_go_to_their_end_whatever_their_links_say() {
    let server = server();
    let proxy = hosted(&server);
    let companies = proxy.client().records::<Company>();
    let all =
        (0..1200).map(|n| Company { domains: vec![format!("c{n}.example")], ..Company::default() });
    assert_eq!(companies.import(all).concurrency(1).await.unwrap().progress.all_written(), 1200);
    let mut pages = companies.list().pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.unwrap().records.len());
    }
    assert_eq!(sizes, [500, 500, 200]);
    let narrow = companies.list().own_fields().limit(3).await.unwrap();
    assert_eq!(narrow.records[2].attributes.domains, ["c2.example"]);
}

#[tokio::test]
async fn bulk_calls_go_well() {
    let server = server();
    let proxy = hosted(&server);
    let tasks = proxy.client().records::<Task>();
    let task = |n: usize| Task { title: Some(format!("t{n}")), ..Task::default() };
    let saved = tasks.bulk_create(&Batch::of([task(0), task(1)])).await.unwrap();
    let done = |n: usize| Patch::new().set(Task::TITLE, format!("done {n}"));
    let batch = Batch::of([(&saved[0], done(0)), (&saved[1], done(1))]);
    let changed: Vec<Record<Task>> =
        tasks.bulk_update(&batch).await.unwrap().into_iter().flatten().collect();
    assert_eq!(changed[1].attributes.title.as_deref(), Some("done 1"));
    tasks.bulk_delete(&Batch::try_from(saved).unwrap()).await.unwrap();
    assert_eq!(tasks.list().await.unwrap().total, Some(0));
}

#[tokio::test]
async fn records_that_come_and_go_between_pages_are_neither_skipped_nor_repeated() {
    let server = std::sync::Arc::new(server());
    let people = direct(&server);
    people
        .import((0..100).map(|n| Person {
            email_addresses: vec![format!("p{n:03}@example.com")],
            ..Person::default()
        }))
        .concurrency(1)
        .await
        .unwrap()
        .into_result()
        .unwrap();
    let first = people.list().limit(3).await.unwrap().records;
    let (doomed, behind) = (first[1].id.clone(), direct(&server));
    let handle = tokio::runtime::Handle::current();
    // Before the third page, a record of the first one is deleted.
    let proxy = Misbehaving::before(&*server)
        .dialect(Dialect::Live)
        .objects(objects::ALL)
        .before_each(move |seen| {
            if seen.path.contains("offset%5D=20") {
                let (behind, doomed) = (behind.clone(), doomed.clone());
                handle.block_on(async move { behind.delete(&doomed).await }).unwrap();
            }
        })
        .fault(Fault::BadGateway, On::Nth(1))
        .start();
    let mut records = proxy.client().records::<Person>().list().limit(10).records();
    let mut seen = Vec::new();
    while let Some(record) = records.next().await {
        seen.push(record.unwrap().attributes.email_addresses[0].clone());
    }
    let expected: Vec<_> = (0..100).map(|n| format!("p{n:03}@example.com")).collect();
    assert_eq!(seen, expected);
}

fn direct(server: &Server) -> clarify_core::Records<Person> {
    let builder = clarify_core::Client::builder(server.workspace()).api_key(server.api_key());
    builder.base_url(server.url()).build().unwrap().records()
}

#[tokio::test]
async fn a_rate_limit_is_kept_to_and_no_429_comes() {
    let server = server();
    let window = std::time::Duration::from_secs(1);
    let proxy = Misbehaving::before(&server).rate_limit(10, window).start();
    let orders = proxy.client().records::<SalesOrder>();
    for n in 0..25 {
        orders.upsert(&SalesOrder::numbered(format!("SO-{n}"))).await.unwrap();
    }
    let refused = proxy.requests().iter().filter(|seen| seen.answered == Some(429)).count();
    assert_eq!((proxy.count(), refused), (25, 0));
}
