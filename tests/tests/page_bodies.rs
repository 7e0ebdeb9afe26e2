//! The bodies on the Records page and the bodies of the client, member by member; and the page's
//! answers, read by the client.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that does not go as it should ends there"
)]

use clarify_core::request::ListQuery;
use clarify_core::request::{Answer, ApiKey, Call, Calls, Endpoint, read};
use clarify_core::{Batch, Patch, RecordId};
use clarify_tests::objects::{Company, Person};
use serde_json::{Value, json};

const TAYLOR: &str = "per_01HX9Z2K3M4N5P6Q7R8S9T0U";
const JORDAN: &str = "per_01HX9Z2K3M4N5P6Q7R8S9T0V";

fn taylor() -> Person {
    Person {
        name: Some("Taylor Reeves".into()),
        email_addresses: vec!["taylor@example.com".into()],
        title: Some("VP of Sales".into()),
        company_name: Some("Acme Corp".into()),
        ..Person::default()
    }
}

/// The two people of the page's bulk create.
fn both() -> Batch<Person> {
    let jordan = Person {
        name: Some("Jordan Kim".into()),
        email_addresses: vec!["jordan@example.com".into()],
        title: Some("Account Executive".into()),
        ..Person::default()
    };
    Batch::of([Person { company_name: None, ..taylor() }, jordan])
}

fn id(text: &str) -> RecordId<Person> {
    RecordId::new(text)
}

/// The page's `Create a record`.
fn create_on_the_page() -> Value {
    json!({
        "data": {
            "type": "person",
            "attributes": {
                "name": "Taylor Reeves",
                "email_addresses": { "items": ["taylor@example.com"] },
                "title": "VP of Sales",
                "company_name": "Acme Corp"
            }
        }
    })
}

/// The page's `Bulk create`.
fn bulk_create_on_the_page() -> Value {
    json!({
        "data": [
            {
                "type": "person",
                "attributes": {
                    "name": "Taylor Reeves",
                    "email_addresses": { "items": ["taylor@example.com"] },
                    "title": "VP of Sales"
                }
            },
            {
                "type": "person",
                "attributes": {
                    "name": "Jordan Kim",
                    "email_addresses": { "items": ["jordan@example.com"] },
                    "title": "Account Executive"
                }
            }
        ]
    })
}

fn body(call: &Call) -> Value {
    serde_json::from_slice(&call.body).unwrap()
}

/// That a call is this one: its verb and path, no query, and the body of the page.
fn check(call: &Call, line: &str, expected: &Value) {
    assert_eq!(format!("{} {}", call.method, call.path), line);
    assert_eq!(call.query, "");
    assert_eq!(&body(call), expected, "{line}");
}

/// The body with `match_on` beside `data`: an upsert says what it matches on.
fn matching(mut expected: Value, field: &str) -> Value {
    expected["match_on"] = field.into();
    expected
}

#[test]
fn a_create_is_the_pages() {
    let call = Calls::new().create(&taylor()).unwrap();
    check(&call, "POST /objects/person/records", &create_on_the_page());
}

#[test]
fn an_upsert_is_the_pages_create_with_match_on() {
    let call = Calls::new().upsert(&taylor()).unwrap();
    let expected = matching(create_on_the_page(), "email_addresses");
    check(&call, "POST /objects/person/records", &expected);
}

#[test]
fn a_bulk_create_is_the_pages() {
    let call = Calls::<Person>::new().bulk_create(&both()).unwrap();
    check(&call, "POST /objects/person/records/bulk", &bulk_create_on_the_page());
}

#[test]
fn a_bulk_upsert_is_the_pages_bulk_create_with_match_on() {
    let call = Calls::<Person>::new().bulk_upsert(&both()).unwrap();
    let expected = matching(bulk_create_on_the_page(), "email_addresses");
    check(&call, "POST /objects/person/records/bulk", &expected);
}

#[test]
fn an_update_is_the_pages_and_names_its_record() {
    let patch = Patch::new()
        .set(Person::TITLE, "Chief Revenue Officer")
        .set(Person::COMPANY_NAME, "Acme Holdings");
    let call = Calls::new().update(&id(TAYLOR), &patch).unwrap();
    let mut expected = json!({
        "data": {
            "type": "person",
            "attributes": {
                "title": "Chief Revenue Officer",
                "company_name": "Acme Holdings"
            }
        }
    });
    expected["data"]["id"] = TAYLOR.into();
    check(&call, &format!("PATCH /objects/person/records/{TAYLOR}"), &expected);
}

#[test]
fn a_bulk_update_is_the_pages() {
    let title = |title: &str| Patch::new().set(Person::TITLE, title);
    let batch = Batch::of([
        (id(TAYLOR), title("Chief Revenue Officer")),
        (id(JORDAN), title("Senior Account Executive")),
    ]);
    let expected = json!({
        "data": [
            {
                "id": "per_01HX9Z2K3M4N5P6Q7R8S9T0U",
                "type": "person",
                "attributes": { "title": "Chief Revenue Officer" }
            },
            {
                "id": "per_01HX9Z2K3M4N5P6Q7R8S9T0V",
                "type": "person",
                "attributes": { "title": "Senior Account Executive" }
            }
        ]
    });
    check(&Calls::new().bulk_update(&batch).unwrap(), "PATCH /objects/person/records", &expected);
}

#[test]
fn a_delete_has_no_body() {
    let call = Calls::new().delete(&id(TAYLOR)).unwrap();
    assert_eq!((&*call.method.to_string(), &*call.query), ("DELETE", ""));
    assert_eq!(call.path, format!("/objects/person/records/{TAYLOR}"));
    assert!(call.body.is_empty());
}

#[test]
fn a_bulk_delete_is_the_pages() {
    let call = Calls::<Person>::new().bulk_delete(&Batch::of([id(TAYLOR), id(JORDAN)]));
    let expected = json!({
        "items": ["per_01HX9Z2K3M4N5P6Q7R8S9T0U", "per_01HX9Z2K3M4N5P6Q7R8S9T0V"]
    });
    check(&call, "DELETE /objects/person/records", &expected);
}

#[test]
fn the_pages_collections_are_the_clients() {
    let person = Person {
        email_addresses: vec!["taylor@example.com".into(), "taylor@personal.com".into()],
        phone_numbers: vec!["+14155550100".into()],
        ..Person::default()
    };
    let company =
        Company { domains: vec!["example.com".into(), "acmecorp.io".into()], ..Company::default() };
    let expected = json!({
        "email_addresses": { "items": ["taylor@example.com", "taylor@personal.com"] },
        "phone_numbers": { "items": ["+14155550100"] }
    });
    assert_eq!(body(&Calls::new().create(&person).unwrap())["data"]["attributes"], expected);
    let expected = json!({ "domains": { "items": ["example.com", "acmecorp.io"] } });
    assert_eq!(body(&Calls::new().create(&company).unwrap())["data"]["attributes"], expected);
}

#[test]
fn a_cleared_collection_is_the_pages() {
    let patch = Patch::new().clear(Person::PHONE_NUMBERS);
    let call = Calls::new().update(&id(TAYLOR), &patch).unwrap();
    let expected = json!({ "phone_numbers": { "items": [] } });
    assert_eq!(body(&call)["data"]["attributes"], expected);
}

#[test]
fn the_paths_are_below_the_workspace_that_the_page_shows() {
    let endpoint = Endpoint::new("https://api.clarify.ai", "acme").unwrap();
    let mut query = ListQuery::<Person>::new();
    query.limit(25);
    query.offset(25);
    let request = Calls::new().list(&query).unwrap().to_http(&endpoint, &ApiKey::new("k")).unwrap();
    let uri = request.uri().to_string().replace("%5B", "[").replace("%5D", "]");
    let on_the_page = "https://api.clarify.ai/v1/workspaces/acme/objects/person/resources?page[limit]=25&page[offset]=25";
    assert_eq!(uri, on_the_page);
}

fn answer(body: &str) -> Answer {
    Answer::new(200, body.to_owned())
}

#[test]
fn the_pages_record_is_read() {
    let call = Calls::<Person>::new().get(&id(TAYLOR)).unwrap();
    assert_eq!(
        format!("{} {}", call.method, call.path),
        format!("GET /objects/person/records/{TAYLOR}")
    );
    let on_the_page = r#"{
      "data": {
        "id": "per_01HX9Z2K3M4N5P6Q7R8S9T0U",
        "type": "person",
        "attributes": {
          "name": "Taylor Reeves",
          "email_addresses": { "items": ["taylor@example.com"] },
          "title": "VP of Sales",
          "company_name": "Acme Corp",
          "_created_at": "2024-03-01T12:00:00Z",
          "_updated_at": "2024-03-15T09:30:00Z"
        }
      }
    }"#;
    let record = read::record::<Person>(&call, &answer(on_the_page)).unwrap();
    assert_eq!(record.id, id(TAYLOR));
    assert_eq!(record.attributes, taylor());
    assert_eq!(record.created_at, Some("2024-03-01T12:00:00Z".parse().unwrap()));
    assert_eq!(record.updated_at, Some("2024-03-15T09:30:00Z".parse().unwrap()));
    assert_eq!(record.outcome, None);
}

#[test]
fn the_pages_list_is_read() {
    let call = Calls::<Person>::new().list(&ListQuery::new()).unwrap();
    assert_eq!(format!("{} {}", call.method, call.path), "GET /objects/person/resources");
    let on_the_page = r#"{
      "data": [
        {
          "id": "per_01HX9Z2K3M4N5P6Q7R8S9T0U",
          "type": "person",
          "attributes": {
            "name": "Taylor Reeves",
            "email_addresses": { "items": ["taylor@example.com"] },
            "title": "VP of Sales"
          }
        },
        {
          "id": "per_01HX9Z2K3M4N5P6Q7R8S9T0V",
          "type": "person",
          "attributes": {
            "name": "Jordan Kim",
            "email_addresses": { "items": ["jordan@example.com"] },
            "title": "Account Executive"
          }
        }
      ],
      "meta": { "total_records": 284, "total_pages": 12, "offset": 0, "limit": 25 },
      "links": {
        "next": "https://api.clarify.ai/v1/workspaces/acme/objects/person/resources?page[limit]=25&page[offset]=25"
      }
    }"#;
    let rows = read::rows::<Person>(&call, &answer(on_the_page)).unwrap();
    let ids: Vec<_> = rows.records.iter().map(|record| record.id.as_str()).collect();
    assert_eq!(ids, [TAYLOR, JORDAN]);
    let people: Vec<Person> = rows.records.into_iter().map(|record| record.attributes).collect();
    assert_eq!(people, both().into_iter().collect::<Vec<_>>());
    assert!(rows.unreadable.is_empty());
    assert_eq!((rows.total, rows.offset, rows.limit), (Some(284), Some(0), Some(25)));
}
