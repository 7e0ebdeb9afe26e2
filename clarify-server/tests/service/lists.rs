//! Lists: pages, links, sorting.

use clarify_server::{Seed, Server};
use serde_json::{Value, json};

use crate::client::{Service, ids};

fn seeded(count: usize) -> Service {
    let service = Service::new();
    let seeds =
        (0..count).map(|n| Seed::new(format!("dea_{n:05}"), format!(r#"{{"amount":{n}}}"#)));
    service.server.seed("deal", seeds).unwrap();
    service
}

fn meta(document: &Value) -> [u64; 4] {
    ["total_records", "total_pages", "offset", "limit"]
        .map(|key| document["meta"][key].as_u64().unwrap())
}

#[test]
fn pages_are_exact_and_linked() {
    let service = seeded(284);
    let first = service.list("deal", &[]).expect(200);
    assert_eq!(meta(&first), [284, 12, 0, 25]);
    assert_eq!(ids(&first)[24], "dea_00024");
    let base = format!("{}/objects/deal/resources", service.server.url());
    assert_eq!(first["links"], json!({ "next": format!("{base}?page[limit]=25&page[offset]=25") }));
    let last = service.list("deal", &[("page[offset]", "275")]).expect(200);
    assert_eq!(ids(&last).len(), 9);
    assert_eq!(last["links"], json!({ "prev": format!("{base}?page[limit]=25&page[offset]=250") }));
    let beyond = service.list("deal", &[("page[offset]", "999999999999")]).expect(200);
    assert!(ids(&beyond).is_empty() && beyond["links"].get("next").is_none());
    let none = service.list("person", &[]).expect(200);
    assert_eq!((meta(&none), &none["links"]), ([0, 0, 0, 25], &json!({})));
}

#[test]
fn following_next_shows_every_record_once() {
    let service = seeded(1234);
    let mut url = format!(
        "{}/objects/deal/resources?page[limit]=100&x=a%26b+c&filter[amount][Less%20than]=1200",
        service.server.url()
    );
    let mut seen = Vec::new();
    loop {
        let page = crate::client::answer(service.request(reqwest::Method::GET, &url)).expect(200);
        assert_eq!(page["meta"]["total_records"], 1200);
        seen.extend(ids(&page));
        let Some(next) = page["links"]["next"].as_str() else { break };
        assert!(
            next.contains("?x=a%26b%20c&filter[amount][Less%20than]=1200&page[limit]=100&"),
            "{next}"
        );
        url = next.to_owned();
    }
    let expected: Vec<_> = (0..1200).map(|n| format!("dea_{n:05}")).collect();
    assert_eq!(seen, expected);
}

#[test]
fn deep_pages_are_those_of_a_plain_list() {
    let service = seeded(3000);
    let mut left: Vec<_> = (0..3000).map(|n| format!("dea_{n:05}")).collect();
    for round in 0..6 {
        let gone: Vec<_> = left.iter().skip(round * 37).step_by(5).take(200).cloned().collect();
        let body = json!({ "items": gone });
        assert_eq!(service.delete_with("/objects/deal/records", &body).status, 204);
        left.retain(|id| !gone.contains(id));
    }
    for offset in (0..left.len() + 100).step_by(97) {
        let at = offset.to_string();
        let page =
            service.list("deal", &[("page[limit]", "40"), ("page[offset]", &at)]).expect(200);
        let expected: Vec<_> = left.iter().skip(offset).take(40).cloned().collect();
        assert_eq!(ids(&page), expected);
        assert_eq!(meta(&page)[0], left.len() as u64);
    }
}

#[test]
fn page_parameters_have_limits() {
    let service = seeded(3);
    for (name, value) in [
        ("page[limit]", "0"),
        ("page[limit]", "1001"),
        ("page[limit]", "x"),
        ("page[limit]", "-1"),
        ("page[limit]", ""),
        ("page[offset]", "-1"),
        ("page[offset]", "1.5"),
        ("page[size]", "1"),
        ("page[limit", "1"),
        ("page[]", "1"),
        ("filter[", "1"),
        ("filter[amount", "1"),
        ("filter[a][b][c]", "1"),
        ("sortOrder[by]", "amount"),
        ("fields[", "amount"),
        ("fields[deal", "amount"),
        ("fields[deal]", "sum"),
        ("fields[c_nothing]", ""),
        ("sortOrder[column]", "nothing"),
        ("sortOrder[dir]", "ASC"),
        ("include", "nothing"),
    ] {
        let detail = service.list("deal", &[(name, value)]).detail(400);
        assert!(detail.contains(&format!("`{name}`")), "{name}={value}: {detail}");
    }
    let sort = [("sortOrder[column]", "amount"), ("sortOrder[dir]", "up")];
    assert!(service.list("deal", &sort).detail(400).contains("`sortOrder[dir]`"));
    assert_eq!(service.ids("deal", &[("page[limit]", "1000"), ("other", "x")]).len(), 3);
}

#[test]
fn links_begin_with_the_public_url() {
    let service = Service::of(Server::builder().public_url("https://records.example/"));
    service.server.seed("deal", (0..30).map(|n| Seed::new(format!("{n}"), "{}"))).unwrap();
    let next = service.list("deal", &[]).expect(200)["links"]["next"].clone();
    let start = "https://records.example/v1/workspaces/local/objects/deal/resources?page";
    assert!(next.as_str().unwrap().starts_with(start), "{next}");
}

#[test]
fn a_sort_puts_empty_values_last_and_keeps_ties_in_order() {
    let service = Service::new();
    let deals = [
        ("a", json!({ "amount": 2, "description": "é" })),
        ("b", json!({})),
        ("c", json!({ "amount": 10, "description": "Z" })),
        ("d", json!({ "amount": 2.0, "description": "" })),
        ("e", json!({ "amount": -1, "description": "a" })),
    ];
    service.server.seed("deal", deals.map(|(id, a)| Seed::new(id, a.to_string()))).unwrap();
    let sorted = |column: &str, dir: &str| {
        service.ids("deal", &[("sortOrder[column]", column), ("sortOrder[dir]", dir)]).concat()
    };
    assert_eq!(sorted("amount", "ASC"), "eadcb");
    assert_eq!(sorted("amount", "DESC"), "cadeb");
    assert_eq!(sorted("description", "ASC"), "ceabd");
    assert_eq!(sorted("description", "DESC"), "aecbd");
    assert_eq!(sorted("_created_at", "DESC"), "abcde");
    let twice = [
        ("sortOrder[column]", "description"),
        ("sortOrder[dir]", "DESC"),
        ("sortOrder[column]", "amount"),
        ("page[limit]", "2"),
        ("page[offset]", "1"),
    ];
    assert_eq!(service.ids("deal", &twice).concat(), "ad");
}

#[test]
fn a_page_of_a_file_is_whole_however_long_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::of(Server::builder().data(folder.path().join("records.db")));
    let text = "x".repeat(100_000);
    let seed = |n| Seed::new(format!("dea_{n:05}"), json!({ "description": text }).to_string());
    service.server.seed("deal", (0..10).map(seed)).unwrap();
    // What one thread reads, and what is handed over to another once it turns out to be longer.
    for limit in [3, 10] {
        let page = service.list("deal", &[("page[limit]", &limit.to_string())]).expect(200);
        assert_eq!((ids(&page).len(), meta(&page)[0]), (limit, 10));
        let shown = page["data"].as_array().unwrap();
        assert!(shown.iter().all(|deal| deal["attributes"]["description"] == *text));
    }
}
