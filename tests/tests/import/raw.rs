//! Records that are given as JSON text, some to be upserted and some to be created.

use std::collections::HashMap;

use clarify_core::import::{Checkpoint, Raw};
use clarify_core::{Attributes, Client, Problem, Records};
use clarify_tests::objects::Company;
use serde_json::value::RawValue;

use crate::scene::{direct, ends, server, stored, tally, word};

fn json(text: &str) -> Box<RawValue> {
    RawValue::from_string(text.to_owned()).unwrap()
}

fn companies(client: &Client) -> Records<Attributes> {
    client.dynamic("company").unwrap()
}

/// One in four is refused, and one in four has nothing to match on.
fn mixed(count: usize) -> impl Iterator<Item = Raw> + Send {
    (0..count).map(|n| match n % 4 {
        0 => Raw::refused(vec![Problem::of_field("name", "is not one")]),
        1 => Raw::create(json(r#"{"name":"nowhere"}"#)),
        _ => Raw::upsert(json(&format!(r#"{{"domains":{{"items":["{}.example"]}}}}"#, n / 8))),
    })
}

#[tokio::test]
async fn each_item_ends_in_its_place_whatever_is_done_with_it() {
    let server = server();
    let all = ends(companies(&direct(&server)).import_raw(mixed(400)).outcomes()).await;
    let expected = [("created", 150), ("matched", 150), ("refused", 100)];
    assert_eq!(tally(&all), HashMap::from(expected));
    let error = all[0].end.error().unwrap();
    assert_eq!(error.problems()[0].field(), Some("name"));
}

#[tokio::test]
async fn of_what_was_sent_before_creates_are_uncertain_and_upserts_are_sent_again() {
    let server = server();
    let mut checkpoint = Checkpoint::default();
    checkpoint.sent.extend(0..8);
    let import = companies(&direct(&server)).import_raw(mixed(8)).resume(checkpoint);
    let all = ends(import.outcomes()).await;
    let words: Vec<_> = all.iter().map(word).collect();
    assert_eq!(words[..4], ["uncertain", "uncertain", "created", "matched"]);
}

#[tokio::test]
async fn numbers_are_sent_as_they_are_written() {
    let server = server();
    let company = r#"{"domains":{"items":["a.example"]},"employee_count":999999999999.9999}"#;
    let import = companies(&direct(&server)).import_raw([Raw::upsert(json(company))]);
    assert_eq!(tally(&ends(import.outcomes()).await), HashMap::from([("created", 1)]));
    let stored = stored::<Company>(&server).await;
    assert_eq!(stored[0].attributes.employee_count, Some("999999999999.9999".parse().unwrap()));
}
