//! What the imports begin with.

use std::collections::HashMap;

use clarify_core::import::{End, Imported};
use clarify_core::{Client, Outcome, Record, RecordType};
use clarify_server::Server;
use clarify_tests::clock::TestClock;
use clarify_tests::misbehaving::{Misbehaving, MisbehavingBuilder};
use clarify_tests::objects::{self, Meeting, Person, SalesOrder};

pub fn server() -> Server {
    let builder = Server::builder().workspace("acme").api_key("secret");
    let builder = objects::ALL.iter().fold(builder, |builder, object| builder.register(object));
    builder.start().unwrap()
}

/// A client that talks to the service itself.
pub fn direct(server: &Server) -> Client {
    let builder = Client::builder(server.workspace()).api_key(server.api_key());
    builder.base_url(server.url()).build().unwrap()
}

/// A server that misbehaves, and a client of it that waits for nothing.
pub fn through(proxy: MisbehavingBuilder) -> (Misbehaving, Client) {
    let proxy = proxy.start();
    let client = proxy.builder().clock(TestClock::new()).build().unwrap();
    (proxy, client)
}

pub fn person(number: usize) -> Person {
    let email_addresses = vec![format!("p{number}@example.com")];
    Person { name: Some(format!("Person {number}")), email_addresses, ..Person::default() }
}

/// A person that the service refuses, and the client does not.
pub fn bad_person() -> Person {
    Person { email_addresses: vec!["nobody".into()], ..Person::default() }
}

pub fn meeting(number: usize) -> Meeting {
    Meeting { title: Some(format!("m{number}")), ..Meeting::default() }
}

pub fn order(number: usize) -> SalesOrder {
    SalesOrder::numbered(format!("SO-{number}"))
}

/// Every record of an object, from the service itself.
pub async fn stored<T: RecordType + clarify_core::ClarifyObject>(
    server: &Server,
) -> Vec<Record<T>> {
    let mut records = direct(server).records::<T>().list().strict().records();
    let mut all = Vec::new();
    while let Some(record) = records.next().await {
        all.push(record.unwrap());
    }
    all
}

/// A word for each end.
pub fn word<T, R>(imported: &Imported<T, R>) -> &'static str {
    match &imported.end {
        End::Written { outcome: Some(Outcome::Created), .. } => "created",
        End::Written { outcome: Some(Outcome::Matched), .. } => "matched",
        End::Written { .. } => "written",
        End::Refused(_) => "refused",
        End::Uncertain(_) => "uncertain",
        End::NotAttempted(_) => "not attempted",
        End::Valid => "valid",
        _ => "new",
    }
}

/// How many there are of each end, and that they come in the order of the source.
pub fn tally<T, R>(all: &[Imported<T, R>]) -> HashMap<&'static str, usize> {
    let mut counts = HashMap::new();
    for (place, imported) in all.iter().enumerate() {
        assert_eq!(imported.index, place as u64, "each has one end, in order");
        *counts.entry(word(imported)).or_default() += 1;
    }
    counts
}

/// Everything that becomes of an import.
pub async fn ends<T, R>(
    mut outcomes: clarify_core::import::Outcomes<'_, T, R>,
) -> Vec<Imported<T, R>> {
    let mut all = Vec::new();
    while let Some(imported) = outcomes.next().await {
        all.push(imported);
    }
    all
}
