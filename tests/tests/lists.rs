//! Lists that are gone through, while records come and go.

#![allow(clippy::unwrap_used, reason = "a test that does not go as it should ends there")]

use clarify_core::schema::Operator;
use clarify_core::{Attributes, JsonField, ListToken, Record, Records};
use clarify_tests::clock::TestClock;
use clarify_tests::objects::Person;
use clarify_tests::script::{Script, Step};
use clarify_tests::wire::{Reply, Wire};
use std::pin::Pin;

fn row(id: &str) -> String {
    format!(r#"{{"id":"{id}","type":"person","attributes":{{"name":"{id}"}}}}"#)
}

fn page(ids: &[&str], total: u64) -> Step {
    let rows: Vec<_> = ids.iter().map(|id| row(id)).collect();
    let meta = format!(r#"{{"total_records":{total}}}"#);
    Step::answer(200, format!(r#"{{"data":[{}],"meta":{meta}}}"#, rows.join(",")))
}

fn people(script: &Script) -> Records<Person> {
    script.builder(&TestClock::new()).build().unwrap().records()
}

fn ids(records: &[Record<Person>]) -> Vec<&str> {
    records.iter().map(|record| record.id.as_str()).collect()
}

async fn all(script: &Script, limit: u64) -> Vec<String> {
    let mut records = people(script).list().limit(limit).records();
    let mut found = Vec::new();
    while let Some(record) = records.next().await {
        found.push(record.unwrap().id.as_str().to_owned());
    }
    found
}

#[tokio::test]
async fn every_page_carries_every_parameter_and_begins_after_what_came() {
    let script = Script::of([page(&["a", "b"], 5), page(&["c"], 5), page(&["d", "e"], 5)]);
    let list =
        people(&script).list().filter(Person::TITLE.contains("VP")).sort(Person::NAME.desc());
    let mut pages = list.limit(2).own_fields().pages();
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        found.extend(ids(&page.unwrap().records).into_iter().map(str::to_owned));
    }
    assert_eq!(found, ["a", "b", "c", "d", "e"]);
    let fields = "name%2Cemail_addresses%2Cphone_numbers%2Ctitle%2Ccompany_name%2Ccompany_id%2C_created_at%2C_updated_at";
    let line = |offset| {
        format!(
            "GET /objects/person/resources?filter[title][Contains]=VP&sortOrder[column]=name&\
             sortOrder[dir]=DESC&fields[person]={fields}&page[limit]=2&page[offset]={offset}"
        )
    };
    assert_eq!(script.lines(), [line(0), line(2), line(3)]);
}

#[tokio::test]
async fn no_record_comes_twice_where_others_are_put_before_it() {
    let script = Script::of([page(&["a", "b"], 4), page(&["b", "c"], 5), page(&["d"], 5)]);
    assert_eq!(all(&script, 2).await, ["a", "b", "c", "d"]);
}

#[tokio::test]
async fn no_record_is_skipped_where_others_go_before_it() {
    // `a` is deleted once the first page is read: `c` moves up, to where nobody would look.
    let script =
        Script::of([page(&["a", "b"], 5), page(&["d", "e"], 4), page(&["b", "c", "d", "e"], 4)]);
    assert_eq!(all(&script, 2).await, ["a", "b", "c", "d", "e"]);
    assert!(script.lines()[2].ends_with("page[offset]=1"), "{:?}", script.lines());
}

#[tokio::test]
async fn a_total_that_changes_is_reported() {
    let script = Script::of([page(&["a", "b"], 3), page(&["c", "d"], 4)]);
    let mut pages = people(&script).list().limit(2).pages();
    let first = pages.next().await.unwrap().unwrap();
    let second = pages.next().await.unwrap().unwrap();
    assert_eq!((first.total, first.total_before), (Some(3), None));
    assert_eq!((second.total, second.total_before), (Some(4), Some(3)));
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn a_fallen_total_is_reported_too() {
    let script = Script::of([page(&["a", "b"], 4), page(&["d"], 3), page(&["b", "c", "d"], 3)]);
    let mut pages = people(&script).list().limit(2).pages();
    pages.next().await.unwrap().unwrap();
    let second = pages.next().await.unwrap().unwrap();
    assert_eq!((second.total, second.total_before), (Some(3), Some(4)));
    assert_eq!(ids(&second.records), ["c", "d"]);
}

#[tokio::test]
async fn a_list_without_a_total_ends_with_an_empty_page() {
    let bare = |ids: &[&str]| {
        let rows: Vec<_> = ids.iter().map(|id| row(id)).collect();
        Step::answer(200, format!(r#"{{"data":[{}]}}"#, rows.join(",")))
    };
    let script = Script::of([bare(&["a", "b"]), bare(&["c"]), bare(&[])]);
    assert_eq!(all(&script, 2).await, ["a", "b", "c"]);
}

#[tokio::test]
async fn an_empty_list_has_one_page() {
    let script = Script::of([page(&[], 0)]);
    let mut pages = people(&script).list().pages();
    assert_eq!(pages.next().await.unwrap().unwrap().total, Some(0));
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn a_service_that_gives_nothing_more_ends_the_list() {
    let script = Script::of([page(&["a"], 9), page(&[], 9)]);
    assert_eq!(all(&script, 1).await, ["a"]);
}

#[tokio::test]
async fn links_are_never_followed() {
    let next = r#"{"next":"http://elsewhere.example/v1/workspaces/acme/objects/person/resources?page[offset]=1"}"#;
    let first = format!(r#"{{"data":[{}],"meta":{{"total_records":2}},"links":{next}}}"#, row("a"));
    let wire = Wire::script(vec![
        Reply::json("200 OK", &first),
        Reply::json(
            "200 OK",
            &format!(r#"{{"data":[{}],"meta":{{"total_records":2}}}}"#, row("b")),
        ),
    ]);
    let mut records = wire.client().records::<Person>().list().limit(1).records();
    assert_eq!(records.next().await.unwrap().unwrap().id.as_str(), "a");
    assert_eq!(records.next().await.unwrap().unwrap().id.as_str(), "b");
    assert!(wire.received()[1].line().contains("offset%5D=1"), "{}", wire.received()[1].line());
}

#[tokio::test]
async fn the_page_ahead_is_asked_for_while_one_is_worked_on() {
    let script = Script::of([page(&["a"], 3), page(&["b"], 3), page(&["c"], 3)]);
    let mut pages = people(&script).list().limit(1).pages();
    assert_eq!(script.count(), 0, "nothing is sent until it is asked for");
    pages.next().await.unwrap().unwrap();
    assert_eq!(script.count(), 2);
    pages.next().await.unwrap().unwrap();
    assert_eq!(script.count(), 3);
}

#[tokio::test]
async fn a_list_goes_on_where_it_was_left() {
    let script = Script::of([
        page(&["a", "b"], 4),
        page(&["c", "d"], 4),
        page(&["b", "c"], 4),
        page(&["d"], 4),
    ]);
    let list = || people(&script).list().limit(2).sort(Person::NAME.asc());
    let mut records = list().records();
    records.next().await.unwrap().unwrap();
    let token: ListToken = records.token().unwrap().to_string().parse().unwrap();
    let mut rest = list().resume(&token).unwrap().records();
    let mut found = Vec::new();
    while let Some(record) = rest.next().await {
        found.push(record.unwrap().id.as_str().to_owned());
    }
    assert_eq!(found, ["b", "c", "d"]);
    assert!(script.lines()[2].ends_with("page[offset]=1"));

    let other = people(&script).list().sort(Person::NAME.desc()).resume(&token).unwrap_err();
    assert!(other.is_config() && other.to_string().contains("another list"), "{other}");
    assert!("garbage".parse::<ListToken>().is_err());
}

#[tokio::test]
async fn a_token_leaves_nothing_out_where_rows_were_passed_over() {
    let unreadable = r#"{"id":"x","type":"person","attributes":{"name":5}}"#;
    let rows = [row("a"), unreadable.to_owned(), row("b"), row("c")].join(",");
    let body = format!(r#"{{"data":[{rows}],"meta":{{"total_records":4}}}}"#);
    let script = Script::of([Step::answer(200, body)]);
    let mut records = people(&script).list().records();
    assert_eq!(records.next().await.unwrap().unwrap().id.as_str(), "a");
    assert!(records.token().unwrap().to_string().starts_with("2-"), "`b` is next");
    records.next().await.unwrap().unwrap();
    assert!(records.token().unwrap().to_string().starts_with("3-"));
    assert_eq!(records.unreadable().len(), 1);
    assert_eq!(records.unreadable()[0].problems[0].pointer, "/data/1/attributes/name");
}

#[tokio::test]
async fn strict_fails_where_a_row_does_not_fit() {
    let body = r#"{"data":[{"id":"x","type":"person","attributes":{"name":5}}]}"#;
    let script = Script::of([Step::answer(200, body), Step::answer(200, body)]);
    assert_eq!(people(&script).list().await.unwrap().unreadable.len(), 1);
    let error = people(&script).list().strict().await.unwrap_err();
    assert!(error.is_unreadable());
    assert_eq!(error.record_index(), Some(0));
    assert_eq!(error.field(), Some("name"));
}

#[tokio::test]
async fn an_error_ends_the_list_and_the_token_says_where() {
    let script = Script::of([page(&["a"], 2), Step::answer(404, "")]);
    let mut records = people(&script).list().limit(1).records();
    records.next().await.unwrap().unwrap();
    assert!(records.next().await.unwrap().unwrap_err().is_not_found());
    assert!(records.next().await.is_none());
    assert!(records.token().unwrap().to_string().starts_with("1-"));
}

#[tokio::test]
async fn pages_and_records_are_streams() {
    let script = Script::of([page(&["a"], 2), page(&["b"], 2)]);
    let mut stream = people(&script).list().limit(1).records();
    let mut found = Vec::new();
    let next = |stream: &mut clarify_core::EachRecord<Person>, cx: &mut std::task::Context<'_>| {
        futures_core::Stream::poll_next(Pin::new(stream), cx)
    };
    while let Some(record) = std::future::poll_fn(|cx| next(&mut stream, cx)).await {
        found.push(record.unwrap().id.as_str().to_owned());
    }
    assert_eq!(found, ["a", "b"]);
}

#[tokio::test]
async fn the_dynamic_twin_has_the_same_lists() {
    let script = Script::of([page(&["a"], 2), page(&["b"], 2)]);
    let client = script.builder(&TestClock::new()).build().unwrap();
    let things = client.dynamic("c_thing").unwrap();
    let total = JsonField::new("total");
    let list = things.list().filter(total.when(Operator::GreaterThan, 5)).sort(total.desc());
    let mut records = list.limit(1).records();
    let first: Record<Attributes> = records.next().await.unwrap().unwrap();
    assert_eq!(first.attributes["name"], "a");
    records.next().await.unwrap().unwrap();
    assert_eq!(
        script.lines()[1],
        "GET /objects/c_thing/resources?filter[total][Greater%20than]=5&sortOrder[column]=total&\
         sortOrder[dir]=DESC&page[limit]=1&page[offset]=1"
    );
    assert!(client.dynamic("c_../../x").unwrap_err().is_config());
    assert!(client.dynamic("thing").unwrap_err().to_string().contains("c_"));
}

#[tokio::test]
async fn raw_attributes_are_what_stands_on_the_wire() {
    let json = r#"{"z":999999999999.9999,"a":1.50,"_created_at":"2026-01-02T03:04:05Z","b":null}"#;
    let row = format!(r#"{{"id":"r","type":"c_thing","attributes":{json}}}"#);
    let script = Script::of([Step::answer(200, format!(r#"{{"data":[{row}]}}"#))]);
    let client = script.builder(&TestClock::new()).build().unwrap();
    let things = client.dynamic("c_thing").unwrap().raw();
    let list = things.list().filter(JsonField::new("z").short(">=5")).fields(["z", "a"]);
    let page = list.sort(JsonField::new("a").asc()).await.unwrap();
    let record = &page.records[0];
    assert_eq!(serde_json::to_string(&record.attributes).unwrap(), json);
    assert_eq!(record.attributes.json("a"), Some("1.50"));
    assert_eq!(record.created_at.unwrap().to_string(), "2026-01-02T03:04:05Z");
    assert_eq!(
        script.lines(),
        [
            "GET /objects/c_thing/resources?filter[z]=%3E%3D5&sortOrder[column]=a&sortOrder[dir]=ASC&\
          fields[c_thing]=z%2Ca&page[limit]=500&page[offset]=0"
        ]
    );
}
