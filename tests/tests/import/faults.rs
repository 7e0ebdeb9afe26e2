//! 100,000 records through a server that misbehaves in every way it knows.

use std::collections::HashMap;
use std::time::Duration;

use clarify_core::import::End;
use clarify_core::{Client, Outcome};
use clarify_server::Server;
use clarify_tests::misbehaving::{Fault, Misbehaving, MisbehavingBuilder, On};
use clarify_tests::objects::{Meeting, Person};

use crate::scene::{ends, person, server, stored, tally, through};

/// Every fault, for a share of the requests each.
fn everything(server: &Server) -> MisbehavingBuilder {
    let faults = [
        (Fault::TooMany { retry_after: Some("1".into()) }, 0.03),
        (Fault::TooMany { retry_after: None }, 0.02),
        (Fault::ServerError, 0.01),
        (Fault::ServerErrorAfterCommit, 0.01),
        (Fault::BadGateway, 0.02),
        (Fault::GatewayTimeoutAfterCommit, 0.02),
        (Fault::CloseBeforeReading, 0.02),
        (Fault::CloseAfterReading, 0.02),
        (Fault::CloseAfterCommit, 0.03),
        (Fault::CutAnswer, 0.02),
        (Fault::TruncatedJson, 0.02),
        (Fault::Page, 0.01),
        (Fault::SlowBody { piece: 2000, pause: Duration::from_millis(1) }, 0.02),
        (Fault::Latency(Duration::from_millis(2)), 0.1),
    ];
    let proxy = Misbehaving::before(server).seed(11);
    faults.into_iter().fold(proxy, |proxy, (fault, share)| proxy.fault(fault, On::Share(share)))
}

#[tokio::test]
async fn sixty_thousand_upserts_each_have_one_true_outcome() {
    let server = server();
    let (proxy, client) = through(everything(&server));
    let count = 60_000;
    let people = (0..count).map(|n| match n % 1000 {
        // One in a thousand can't be written, and one is somebody who was there before.
        500 => crate::scene::bad_person(),
        999 => person(n - 990),
        _ => person(n),
    });
    let all = ends(client.records::<Person>().import(people).concurrency(16).outcomes()).await;
    let counts = tally(&all);
    println!("{counts:?} in {} requests", proxy.count());
    assert_eq!(counts["refused"], count / 1000);
    assert_eq!(all.len(), count);

    let stored = stored::<Person>(&server).await;
    let ids: HashMap<_, _> =
        stored.iter().map(|r| (r.attributes.email_addresses[0].clone(), r.id.clone())).collect();
    assert_eq!(ids.len(), stored.len(), "no address has two records");
    assert_eq!(stored.len(), count - 2 * (count / 1000));
    let mut created = 0;
    for imported in &all {
        match &imported.end {
            End::Written { id, outcome } => {
                assert_eq!(ids[&imported.item.email_addresses[0]], *id);
                created += u64::from(*outcome == Some(Outcome::Created));
            }
            End::Refused(error) => assert_eq!(error.field(), Some("email_addresses")),
            other => panic!("{other:?}"),
        }
    }
    assert!(created <= stored.len() as u64);
}

#[tokio::test]
async fn forty_thousand_creates_are_made_once_or_not_at_all() {
    let server = server();
    let (proxy, client) = through(everything(&server));
    let count = 40_000;
    let all = create(&client, count).await;
    let counts = tally(&all);
    println!("{counts:?} in {} requests", proxy.count());
    assert_eq!(all.len(), count);

    let mut by_title: HashMap<String, Vec<_>> = HashMap::new();
    for record in stored::<Meeting>(&server).await {
        by_title.entry(record.attributes.title.unwrap()).or_default().push(record.id);
    }
    for imported in &all {
        let there = by_title.remove(imported.item.title.as_deref().unwrap()).unwrap_or_default();
        match &imported.end {
            End::Written { id, .. } => assert_eq!(there, std::slice::from_ref(id)),
            End::Uncertain(error) => {
                assert!(there.len() <= 1, "a create was repeated");
                assert!(error.may_have_written());
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(by_title.is_empty(), "nothing is there that nobody sent");
}

async fn create(
    client: &Client,
    count: usize,
) -> Vec<clarify_core::import::Imported<Meeting, Meeting>> {
    let meetings =
        (0..count).map(|n| Meeting { title: Some(format!("m{n}")), ..Meeting::default() });
    ends(client.records::<Meeting>().import_new(meetings).concurrency(16).outcomes()).await
}
