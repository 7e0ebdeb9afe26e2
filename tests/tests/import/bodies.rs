//! What an import sends is what the call on as many records sends: of a whole batch, and of its halves.

use bytes::Bytes;
use clarify_core::request::{Call, Calls};
use clarify_core::{Batch, Patch, RecordId};
use clarify_tests::clock::TestClock;
use clarify_tests::objects::{Meeting, Person, SalesOrder};
use clarify_tests::script::{Answers, Step};
use http::{Method, Request};
use serde_json::{Value, json};

use crate::scene::{meeting, person};

/// Refuses the first batch without a word of which item is at fault, so that it is sent in halves.
fn halving() -> Answers {
    Answers::by(|number, request| {
        Some(if number == 0 { Step::answer(422, "") } else { written(request) })
    })
}

/// Each record of the request, with its own id or a new one.
fn written(request: &Request<Bytes>) -> Step {
    if request.method() == Method::DELETE {
        return Step::answer(204, "");
    }
    let body: Value = serde_json::from_slice(request.body()).unwrap();
    let rows = body["data"].as_array().unwrap().iter().enumerate();
    let rows = rows.map(|(place, row)| {
        let new = format!("new_{place}");
        json!({"id": row["id"].as_str().unwrap_or(&new), "attributes": {}})
    });
    Step::answer(201, json!({"data": rows.collect::<Vec<_>>()}).to_string())
}

/// The bodies of a batch and of both of its halves.
fn bodies<I: Clone>(items: &[I], call: impl Fn(Batch<I>) -> Call) -> [String; 3] {
    let (first, second) = items.split_at(items.len() / 2);
    [items, first, second].map(|items| {
        let call = call(Batch::try_from(items.to_vec()).unwrap());
        String::from_utf8(call.body.to_vec()).unwrap()
    })
}

#[tokio::test]
async fn upserts() {
    let fake = halving();
    let people: Vec<Person> = (0..4).map(person).collect();
    let records = fake.client(&TestClock::new()).records::<Person>();
    records.import(people.clone()).await.unwrap().into_result().unwrap();
    let expected = bodies(&people, |batch| Calls::new().bulk_upsert(&batch).unwrap());
    assert!(expected.iter().all(|body| body.contains("\"match_on\":\"email_addresses\"")));
    assert_eq!(fake.bodies(), expected);
}

#[tokio::test]
async fn creates() {
    let fake = halving();
    let meetings: Vec<Meeting> = (0..4).map(meeting).collect();
    let records = fake.client(&TestClock::new()).records::<Meeting>();
    records.import_new(meetings.clone()).await.unwrap().into_result().unwrap();
    let expected = bodies(&meetings, |batch| Calls::new().bulk_create(&batch).unwrap());
    assert_eq!(fake.bodies(), expected);
}

#[tokio::test]
async fn updates() {
    let fake = halving();
    let contact = |patch: Patch<SalesOrder>| patch.append(SalesOrder::CONTACTS, ["a@example.com"]);
    let note = |patch: Patch<SalesOrder>| patch.set(SalesOrder::NOTE, "new");
    let changes: Vec<_> = (0..4)
        .map(|n| {
            let patch = if n < 2 { contact(Patch::new()) } else { note(Patch::new()) };
            (RecordId::<SalesOrder>::new(format!("rec_{n}")), patch)
        })
        .collect();
    let records = fake.client(&TestClock::new()).records::<SalesOrder>();
    records.update_each(changes.clone()).await.unwrap().into_result().unwrap();
    let expected = bodies(&changes, |batch| Calls::new().bulk_update(&batch).unwrap());
    assert_eq!(expected.clone().map(|body| body.contains("\"meta\"")), [true, true, false]);
    assert_eq!(fake.bodies(), expected);
}

#[tokio::test]
async fn deletions_of_ids_that_need_escapes() {
    let fake = halving();
    let ids: Vec<_> = (0..4).map(|n| RecordId::<Person>::new(format!("a\"b\\{n}"))).collect();
    let records = fake.client(&TestClock::new()).records::<Person>();
    records.delete_each(ids.clone()).await.unwrap().into_result().unwrap();
    let expected = bodies(&ids, |batch| Calls::new().bulk_delete(&batch));
    let sent: Value = serde_json::from_str(&expected[1]).unwrap();
    assert_eq!(sent, json!({"items": ["a\"b\\0", "a\"b\\1"]}));
    assert_eq!(fake.bodies(), expected);
}
