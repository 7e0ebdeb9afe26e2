//! Updates and deletions of any length.

use std::collections::HashMap;

use clarify_core::{Patch, RecordId};
use clarify_tests::misbehaving::{Fault, Misbehaving, On};
use clarify_tests::objects::{Person, SalesOrder};

use crate::scene::{direct, ends, order, person, server, stored, tally, through, word};

#[tokio::test]
async fn any_number_of_records_is_changed_and_unknown_ones_are_refused() {
    let server = server();
    let people = direct(&server).records::<Person>();
    people.import((0..60).map(person)).await.unwrap().into_result().unwrap();
    let mut ids: Vec<_> = stored::<Person>(&server).await.into_iter().map(|r| r.id).collect();
    ids[10] = RecordId::new("per_unknown");
    let title = |n: usize| Patch::new().set(Person::TITLE, format!("t{n}"));
    let changes = ids.iter().enumerate().map(|(n, id)| (id, title(n)));
    let all = ends(people.update_each(changes).outcomes()).await;
    assert_eq!(tally(&all), HashMap::from([("written", 59), ("refused", 1)]));
    assert!(all[10].end.error().unwrap().is_not_found());
    let stored = stored::<Person>(&server).await;
    for (n, record) in stored.iter().enumerate().filter(|(n, _)| *n != 10) {
        assert_eq!(record.attributes.title, Some(format!("t{n}")));
    }
}

#[tokio::test]
async fn of_two_changes_to_one_record_the_later_wins() {
    let server = server();
    let slow = Fault::Latency(std::time::Duration::from_millis(5));
    let (_proxy, client) = through(Misbehaving::before(&server).fault(slow, On::Share(0.5)));
    let people = client.records::<Person>();
    let id = people.upsert(&person(1)).await.unwrap().id;
    let title = |n: usize| Patch::new().set(Person::TITLE, format!("t{n}"));
    let report = people.update_each((0..40).map(|n| (&id, title(n)))).await.unwrap();
    assert_eq!(report.progress.written, 40);
    assert_eq!(people.get(&id).await.unwrap().attributes.title.as_deref(), Some("t39"));
}

#[tokio::test]
async fn patches_that_one_call_can_not_say_go_into_several() {
    let server = server();
    let orders = direct(&server).records::<SalesOrder>();
    orders.import((0..4).map(order)).await.unwrap().into_result().unwrap();
    let ids: Vec<_> = stored::<SalesOrder>(&server).await.into_iter().map(|r| r.id).collect();
    let contacts = |n: usize| {
        let patch = Patch::new();
        match n % 3 {
            0 => patch.append(SalesOrder::CONTACTS, [format!("c{n}@example.com")]),
            1 => patch.set(SalesOrder::CONTACTS, [format!("c{n}@example.com")]),
            _ => patch.remove(SalesOrder::CONTACTS, [format!("c{n}@example.com")]),
        }
    };
    let report = orders.update_each(ids.iter().enumerate().map(|(n, id)| (id, contacts(n)))).await;
    assert_eq!(report.unwrap().progress.written, 4);
    let found: Vec<_> =
        stored::<SalesOrder>(&server).await.into_iter().map(|r| r.attributes.contacts).collect();
    let one = |n: usize| vec![format!("c{n}@example.com")];
    assert_eq!(found, [one(0), one(1), vec![], one(3)]);
}

#[tokio::test]
async fn any_number_of_records_is_deleted_though_answers_are_lost() {
    let server = server();
    direct(&server)
        .records::<Person>()
        .import((0..60).map(person))
        .await
        .unwrap()
        .into_result()
        .unwrap();
    let ids: Vec<_> = stored::<Person>(&server).await.into_iter().map(|r| r.id).collect();
    let proxy = Misbehaving::before(&server).fault(Fault::CloseAfterCommit, On::Nth(0));
    let (_proxy, client) = through(proxy);
    let people = client.records::<Person>();
    let unknown = RecordId::new("per_unknown");
    let all = ends(people.delete_each(ids.iter().chain([&unknown])).outcomes()).await;
    assert_eq!(tally(&all), HashMap::from([("written", 60), ("refused", 1)]));
    assert_eq!(word(&all[60]), "refused");
    assert_eq!(stored::<Person>(&server).await.len(), 0);
}
