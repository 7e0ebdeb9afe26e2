//! What records are matched on.

use serde_json::{Value, json};

use crate::World;
use crate::objects::{Meeting, Person, Product};
use clarify_core::Outcome;

/// Creates a record twice, to be matched if it can be, and says whether there is one.
async fn twice(world: &World, object: &str, attributes: Value) -> bool {
    let first = world.upserted(object, attributes.clone()).await;
    first == world.upserted(object, attributes).await
}

fn emails(items: &[&str]) -> Value {
    json!({ "email_addresses": { "items": items } })
}

pub async fn a_person_is_matched_on_its_email_addresses(world: &World) {
    let email = world.email("ana");
    assert!(twice(world, "person", emails(&[&email])).await);
    assert!(!twice(world, "person", json!({ "name": world.unique("Ana") })).await);
    let person = Person { email_addresses: vec![email], ..Person::default() };
    let saved = world.people().upsert(&person).await.unwrap();
    assert_ne!(saved.outcome, Some(Outcome::Created));
}

pub async fn a_company_is_matched_on_its_domains(world: &World) {
    let domains = json!({ "domains": { "items": [world.domain("cern")] } });
    assert!(twice(world, "company", domains).await);
    assert!(!twice(world, "company", json!({ "name": world.unique("CERN") })).await);
}

pub async fn a_deal_is_matched_on_its_name(world: &World) {
    assert!(twice(world, "deal", json!({ "name": world.unique("Renewal") })).await);
    assert!(!twice(world, "deal", json!({ "amount": 5 })).await);
}

pub async fn a_meeting_is_always_new(world: &World) {
    let title = world.unique("Standup");
    assert!(!twice(world, "meeting", json!({ "title": title })).await);
    let meeting = Meeting { title: Some(title), ..Meeting::default() };
    let first = world.meetings().create(&meeting).await.unwrap();
    assert_ne!(first.id, world.meetings().create(&meeting).await.unwrap().id);
}

pub async fn a_task_is_always_new(world: &World) {
    assert!(!twice(world, "task", json!({ "title": world.unique("Call") })).await);
}

pub async fn a_custom_object_is_matched_on_the_field_its_schema_names(world: &World) {
    let number = json!({ "order_number": world.unique("order") });
    assert!(twice(world, "c_sales_order", number).await);
    assert!(!twice(world, "c_product", json!({ "name": world.unique("Chair") })).await);
    let product = Product { name: Some(world.unique("Table")), price: None };
    let first = world.products().create(&product).await.unwrap();
    assert_ne!(first.id, world.products().create(&product).await.unwrap().id);
}

pub async fn a_unique_text_is_compared_exactly(world: &World) {
    let name = world.unique("deal");
    let lower = world.created("deal", json!({ "name": name })).await;
    let upper = world.created("deal", json!({ "name": name.to_uppercase() })).await;
    let spaced = world.created("deal", json!({ "name": format!("{name} ") })).await;
    assert!(lower != upper && lower != spaced && upper != spaced);
}

pub async fn a_unique_collection_is_compared_without_regard_to_case(world: &World) {
    let email = world.email("straße");
    let first = world.created("person", emails(&[&email])).await;
    let other = email.to_uppercase();
    assert_eq!(world.upserted("person", emails(&[&other])).await, first);
    let shown = world.attributes("person", &first).await;
    assert_eq!(shown["email_addresses"], json!({ "items": [other] }), "as it was sent last");
}

pub async fn one_shared_value_of_a_collection_is_a_match(world: &World) {
    let (work, home, old) = (world.email("work"), world.email("home"), world.email("old"));
    let first = world.created("person", emails(&[&work, &home])).await;
    assert_eq!(world.upserted("person", emails(&[&old, &home])).await, first);
    assert_eq!(world.upserted("person", emails(&[&old])).await, first, "the new value is its too");
}

pub async fn a_record_that_matches_two_is_refused_and_names_both(world: &World) {
    let (ana, ben) = (world.email("ana"), world.email("ben"));
    let first = world.created("person", emails(&[&ana])).await;
    let second = world.created("person", emails(&[&ben])).await;
    let mut both = emails(&[&ana, &ben]);
    both["title"] = "CTO".into();
    let body = json!({ "data": { "type": "person", "attributes": both } });
    let body = world.matching("person", body);
    let answer = world.post("/objects/person/records", body).await;
    let problem = answer.refused_at(400, "/data/attributes/email_addresses");
    assert!(problem.detail.contains(&first) && problem.detail.contains(&second), "{problem:?}");
    for (id, email) in [(&first, &ana), (&second, &ben)] {
        let shown = world.attributes("person", id).await;
        assert_eq!(shown["email_addresses"], json!({ "items": [email] }));
        assert_eq!(shown["title"], Value::Null);
    }
}

pub async fn an_update_that_takes_anothers_unique_value_is_refused(world: &World) {
    let (ana, ben) = (world.email("ana"), world.email("ben"));
    let first = world.created("person", emails(&[&ana])).await;
    let second = world.created("person", emails(&[&ben])).await;
    let answer = world.update("person", &second, emails(&[&ben, &ana])).await;
    let problem = answer.refused_at(400, "/data/attributes/email_addresses");
    assert!(problem.detail.contains(&first), "{problem:?}");
    let shown = world.attributes("person", &second).await;
    assert_eq!(shown["email_addresses"], json!({ "items": [ben] }));
}

pub async fn a_unique_value_that_is_given_up_can_be_taken(world: &World) {
    let (ana, new) = (world.email("ana"), world.email("new"));
    let first = world.created("person", emails(&[&ana])).await;
    world.update("person", &first, emails(&[&new])).await.data(200);
    let second = world.created("person", emails(&[&ana])).await;
    assert_ne!(first, second);
    assert_eq!(world.upserted("person", emails(&[&new])).await, first);
}
