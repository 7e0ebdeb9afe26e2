//! `POST /objects/{object}/records/{id}/merges`.

use serde_json::{Value, json};

use crate::{Answer, World};

async fn merge(world: &World, object: &str, target: &str, sources: Value) -> Answer {
    let body = json!({ "data": { "type": object, "attributes": { "sources": sources } } });
    world.post(&format!("/objects/{object}/records/{target}/merges"), body).await
}

async fn merged(world: &World, object: &str, target: &str, sources: &[&str]) {
    let answer = merge(world, object, target, json!(sources)).await;
    assert_eq!((answer.status, &*answer.text), (204, ""));
}

pub async fn the_sources_are_folded_in_and_deleted(world: &World) {
    let (one, two) = (world.email("ana"), world.email("ana"));
    let ana = json!({ "name": "Ana Lee", "email_addresses": { "items": [one] } });
    let ana = world.created("person", ana).await;
    let other = json!({
        "name": "Ana L.", "title": "CTO", "email_addresses": { "items": [two] }
    });
    let other = world.created("person", other).await;
    merged(world, "person", &ana, &[&other]).await;
    assert!(!world.exists("person", &other).await);
    let attributes = world.attributes("person", &ana).await;
    assert_eq!(attributes["name"], world.name("Ana Lee"), "what it has stays");
    assert_eq!(attributes["title"], "CTO", "what it lacks is taken");
    assert_eq!(attributes["email_addresses"], json!({ "items": [one, two] }));
    let address = json!({ "email_addresses": { "items": [two] } });
    assert_eq!(world.upserted("person", address).await, ana);
}

pub async fn the_survivor_names_what_was_merged(world: &World) {
    let mut people = Vec::new();
    for _ in 0..3 {
        people.push(world.created("person", json!({})).await);
    }
    merged(world, "person", &people[1], &[&people[2]]).await;
    merged(world, "person", &people[0], &[&people[1]]).await;
    let attributes = world.attributes("person", &people[0]).await;
    let expected = json!({ "items": [people[1], people[2]] });
    assert_eq!(attributes.get("_merged_ids"), world.either(None, Some(&expected)));
}

pub async fn what_led_to_a_source_leads_to_the_survivor(world: &World) {
    let (acme, other) =
        (world.created("company", json!({})).await, world.created("company", json!({})).await);
    let ana = world.created("person", json!({ "company_id": other })).await;
    merged(world, "company", &acme, &[&other]).await;
    assert_eq!(world.attributes("person", &ana).await["company_id"], acme);
    let deal = world.created("deal", json!({ "name": world.unique("deal") })).await;
    let path = format!("/objects/deal/records/{deal}/relationships/people");
    let body = json!({ "data": [{ "type": "person", "id": ana }] });
    world.patch(&path, body).await.document(200);
    let ben = world.created("person", json!({})).await;
    merged(world, "person", &ben, &[&ana]).await;
    assert_eq!(world.get(&path).await.ids(200), [&*ben]);
}

pub async fn a_merge_that_can_not_be_changes_nothing(world: &World) {
    let (ana, ben) =
        (world.created("person", json!({})).await, world.created("person", json!({})).await);
    let unknown = world.unique("per");
    let at = "/data/attributes/sources";
    let answer = merge(world, "person", &ana, json!([ben, unknown])).await;
    answer.refused_at(404, &format!("{at}/1"));
    merge(world, "person", &ana, json!([ana])).await.refused_at(422, at);
    merge(world, "person", &ana, json!([])).await.refused_at(422, at);
    merge(world, "person", &ana, json!([5])).await.refused_at(422, &format!("{at}/0"));
    merge(world, "person", &ana, Value::Null).await.refused_at(422, at);
    merge(world, "person", &unknown, json!([ben])).await.problem(404);
    let body = json!({ "data": { "type": "deal", "attributes": { "sources": [ben] } } });
    let path = format!("/objects/person/records/{ana}/merges");
    world.post(&path, body).await.refused_at(409, "/data/type");
    assert!(world.exists("person", &ben).await);
}
