//! The schemas of the workspace's objects.

use clarify_schema::{BUILT_INS, Field, Kind, Object, read_schema};
use clarify_server::Server;
use serde_json::{Value, json};

use crate::client::Service;

const FIELDS: &[Field] =
    &[Field::new("number", Kind::Text).required().unique(), Field::new("total", Kind::Currency)];

fn service() -> Service {
    Service::of(Server::builder().register(&Object::new("c_order", FIELDS)))
}

/// The names of a page's objects, with spaces between.
fn names(page: &Value) -> String {
    let name =
        |schema: &Value| schema["id"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    page["data"].as_array().unwrap().iter().map(name).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_object_is_shown_in_the_form_it_can_be_registered_from() {
    let page = service().get("/schemas").expect(200);
    assert_eq!(names(&page), "person company deal meeting task c_order");
    assert_eq!(page["links"], json!({}));
    for (schema, object) in page["data"].as_array().unwrap().iter().zip(BUILT_INS) {
        assert_eq!(schema["type"], "schema");
        assert_eq!(schema["id"], format!("https://getclarify.ai/schemas/entities/{}", object.name));
        assert_eq!(schema["attributes"]["$id"], schema["id"]);
        assert_eq!(read_schema(&schema["attributes"]).unwrap().fields, object.fields);
    }
    let order = read_schema(&page["data"][5]["attributes"]).unwrap();
    assert_eq!(order.unique_field().map(|field| &*field.name), Some("number"));
}

#[test]
fn schemas_are_paged_by_a_cursor() {
    let service = service();
    let first = service.get("/schemas?page[limit]=4&x=1").expect(200);
    assert_eq!(names(&first), "person company deal meeting");
    let next = first["links"]["next"].as_str().unwrap();
    assert!(next.ends_with("/schemas?x=1&page[limit]=4&page[cursor]=meeting"), "{next}");
    let path = next.split("/workspaces/local").nth(1).unwrap();
    let last = service.get(path).expect(200);
    assert_eq!(names(&last), "task c_order");
    assert_eq!(last["links"], json!({}));
}

#[test]
fn what_is_wrong_with_the_page_is_said() {
    let service = service();
    for query in ["page[limit]=0", "page[limit]=101", "page[limit]=x", "page[cursor]=nobody"] {
        let detail = service.get(&format!("/schemas?{query}")).detail(400);
        assert!(
            detail.starts_with(&format!("`{}`", &query[..query.find('=').unwrap()])),
            "{detail}"
        );
    }
}
