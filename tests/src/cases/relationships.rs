//! `/objects/{object}/records/{id}/relationships/{field}`.

use serde_json::{Value, json};

use crate::World;

/// The path of a record's relationship.
fn path(object: &str, id: &str, name: &str) -> String {
    format!("/objects/{object}/records/{id}/relationships/{name}")
}

fn references(object: &str, ids: &[&str]) -> Value {
    let reference = |id| json!({ "type": object, "id": id });
    json!({ "data": ids.iter().map(reference).collect::<Vec<_>>() })
}

async fn link(world: &World, from: (&str, &str, &str), object: &str, ids: &[&str]) {
    let (source, id, name) = from;
    let answer = world.patch(&path(source, id, name), references(object, ids)).await;
    assert_eq!(answer.document(200), json!({}));
}

async fn unlink(world: &World, from: (&str, &str, &str), object: &str, ids: &[&str]) {
    let (source, id, name) = from;
    let answer = world.delete_with(&path(source, id, name), references(object, ids)).await;
    assert_eq!(answer.document(200), json!({}));
}

async fn related(world: &World, object: &str, id: &str, name: &str) -> Vec<String> {
    world.get(&path(object, id, name)).await.ids(200)
}

async fn company(world: &World, name: &str) -> String {
    world.created("company", json!({ "name": name })).await
}

async fn person(world: &World, company: Option<&str>) -> String {
    world.created("person", json!({ "company_id": company })).await
}

async fn deal(world: &World) -> String {
    world.created("deal", json!({ "name": world.unique("deal") })).await
}

pub async fn a_to_one_link_is_also_an_attribute(world: &World) {
    let (acme, other) = (company(world, "Acme").await, company(world, "Other").await);
    let ana = person(world, Some(&acme)).await;
    assert_eq!(related(world, "person", &ana, "company_id").await, [&*acme]);
    link(world, ("person", &ana, "company_id"), "company", &[&other]).await;
    assert_eq!(world.attributes("person", &ana).await["company_id"], other);
    let query = format!("filter[company_id]={other}");
    assert_eq!(world.list("person", &query).await.ids(200), [&*ana]);
    let query = format!("filter[company_id]={acme}");
    assert!(world.list("person", &query).await.ids(200).is_empty());
}

pub async fn a_to_one_link_is_replaced_and_cleared(world: &World) {
    let acme = company(world, "Acme").await;
    let ana = person(world, Some(&acme)).await;
    let link_path = path("person", &ana, "company_id");
    for nothing in [
        json!({ "data": [] }),
        json!({ "data": null }),
        json!({ "data": [{ "type": "company", "id": null }] }),
    ] {
        link(world, ("person", &ana, "company_id"), "company", &[&acme]).await;
        world.patch(&link_path, nothing).await.document(200);
        assert!(related(world, "person", &ana, "company_id").await.is_empty());
        assert!(world.attributes("person", &ana).await["company_id"].is_null());
    }
    let one = json!({ "data": { "type": "company", "id": acme } });
    world.patch(&link_path, one).await.document(200);
    assert_eq!(related(world, "person", &ana, "company_id").await, [&*acme]);
    let two = references("company", &[&acme, &company(world, "Other").await]);
    world.patch(&link_path, two).await.refused_at(422, "/data");
}

pub async fn one_to_many_adds_and_a_child_moves(world: &World) {
    let (acme, other) = (company(world, "Acme").await, company(world, "Other").await);
    let (ana, ben) = (person(world, Some(&acme)).await, person(world, Some(&other)).await);
    link(world, ("company", &acme, "people"), "person", &[&ben]).await;
    assert_eq!(related(world, "company", &acme, "people").await, [&*ana, &*ben]);
    assert!(related(world, "company", &other, "people").await.is_empty());
    assert_eq!(world.attributes("person", &ben).await["company_id"], acme);
    link(world, ("company", &acme, "people"), "person", &[]).await;
    assert_eq!(related(world, "company", &acme, "people").await.len(), 2);
}

pub async fn many_to_many_is_replaced_from_either_side(world: &World) {
    let (ana, ben) = (person(world, None).await, person(world, None).await);
    let (one, two) = (deal(world).await, deal(world).await);
    link(world, ("person", &ana, "deals"), "deal", &[&one, &two]).await;
    link(world, ("deal", &one, "people"), "person", &[&ana, &ben]).await;
    assert_eq!(related(world, "person", &ana, "deals").await, [&*one, &*two]);
    assert_eq!(related(world, "person", &ben, "deals").await, [&*one]);
    assert_eq!(related(world, "deal", &one, "people").await, [&*ana, &*ben]);
    link(world, ("person", &ana, "deals"), "deal", &[&two]).await;
    assert_eq!(related(world, "person", &ana, "deals").await, [&*two]);
    assert_eq!(related(world, "deal", &one, "people").await, [&*ben]);
}

pub async fn a_delete_takes_those_links_only(world: &World) {
    let acme = company(world, "Acme").await;
    let (ana, ben) = (person(world, Some(&acme)).await, person(world, Some(&acme)).await);
    let stranger = person(world, None).await;
    unlink(world, ("company", &acme, "people"), "person", &[&ana, &stranger]).await;
    assert_eq!(related(world, "company", &acme, "people").await, [&*ben]);
    assert!(world.exists("person", &ana).await, "the record stays");
    let other = company(world, "Other").await;
    unlink(world, ("person", &ben, "company_id"), "company", &[&other]).await;
    assert_eq!(world.attributes("person", &ben).await["company_id"], acme);
    unlink(world, ("person", &ben, "company_id"), "company", &[&acme]).await;
    assert!(world.attributes("person", &ben).await["company_id"].is_null());
    let (one, two) = (deal(world).await, deal(world).await);
    link(world, ("person", &ana, "deals"), "deal", &[&one, &two]).await;
    unlink(world, ("deal", &one, "people"), "person", &[&ana]).await;
    assert_eq!(related(world, "person", &ana, "deals").await, [&*two]);
}

pub async fn related_records_come_by_the_page(world: &World) {
    let acme = company(world, "Acme").await;
    let mut people = Vec::new();
    for _ in 0..5 {
        people.push(person(world, Some(&acme)).await);
    }
    let path = path("company", &acme, "people");
    let document = world.get(&format!("{path}?page[limit]=2&page[offset]=2")).await.document(200);
    assert_eq!(document["meta"]["total_records"], 5);
    assert_eq!(document["meta"]["total_pages"], 3);
    assert_eq!(document["data"][0]["id"], people[2]);
    assert_eq!(document["data"][0]["attributes"]["company_id"], acme);
    let next = document["links"]["next"].as_str().unwrap();
    assert!(next.ends_with(&format!("{path}?page[limit]=2&page[offset]=4")), "{next}");
    world.get(&format!("{path}?page[limit]=0")).await.problem(400);
}

pub async fn what_can_not_be_linked_is_named(world: &World) {
    let acme = company(world, "Acme").await;
    let ana = person(world, None).await;
    let people = path("company", &acme, "people");
    let unknown = world.unique("per");
    let body = references("person", &[&ana, &unknown]);
    world.patch(&people, body).await.refused_at(404, "/data/1/id");
    assert!(related(world, "company", &acme, "people").await.is_empty());
    let body = json!({ "data": [{ "type": "deal", "id": ana }, { "type": "person", "id": 5 }] });
    let problems = world.patch(&people, body).await.refused(422);
    let pointers: Vec<_> = problems.iter().filter_map(|problem| problem.pointer.clone()).collect();
    assert_eq!(pointers, ["/data/0/type", "/data/1/id"]);
    world.patch(&people, json!({ "data": "x" })).await.refused_at(422, "/data");
    world.patch(&people, json!({})).await.refused_at(422, "/data");
}

pub async fn an_unknown_relationship_or_record_is_404(world: &World) {
    let ana = person(world, None).await;
    for name in ["nothing", "title"] {
        let problem = world.get(&path("person", &ana, name)).await.problem(404);
        assert!(problem.detail.contains(name) && problem.detail.contains("company_id"));
        let body = json!({ "data": [] });
        world.patch(&path("person", &ana, name), body).await.problem(404);
    }
    let unknown = path("person", &world.unique("per"), "company_id");
    world.get(&unknown).await.problem(404);
    world.patch(&unknown, json!({ "data": [] })).await.problem(404);
    world.delete_with(&unknown, json!({ "data": [] })).await.problem(404);
}

pub async fn a_deleted_record_leaves_no_link_behind(world: &World) {
    let acme = company(world, "Acme").await;
    let ana = person(world, Some(&acme)).await;
    let deal = deal(world).await;
    link(world, ("deal", &deal, "people"), "person", &[&ana]).await;
    assert!(world.delete(&format!("/objects/company/records/{acme}")).await.is_done());
    assert!(world.attributes("person", &ana).await["company_id"].is_null());
    assert!(world.delete(&format!("/objects/person/records/{ana}")).await.is_done());
    assert!(related(world, "deal", &deal, "people").await.is_empty());
    let shown = world.get(&format!("/objects/deal/records/{deal}?include=people")).await;
    assert_eq!(shown.data(200)["relationships"]["people"]["meta"]["count"], 0);
}

pub async fn a_to_many_link_as_an_attribute_is_422(world: &World) {
    let ana = person(world, None).await;
    let attributes = json!({ "people": { "items": [ana] } });
    let body = json!({ "data": { "type": "company", "attributes": attributes } });
    let answer = world.post("/objects/company/records", body).await;
    answer.refused_at(422, "/data/attributes/people");
}

pub async fn related_records_are_filtered_sorted_and_include_more(world: &World) {
    let acme = company(world, "Acme").await;
    let titled = async |title: &str| {
        world.created("person", json!({ "company_id": acme, "title": title })).await
    };
    let (b, a, other) = (titled("b").await, titled("a").await, titled("c").await);
    let task = world.created("task", json!({ "person_id": a })).await;
    let query = "filter[title][Is+not]=c&sortOrder[column]=title&sortOrder[dir]=ASC";
    let people = path("company", &acme, "people");
    assert_eq!(world.get(&format!("{people}?{query}")).await.ids(200), [&*a, &*b]);
    let sorted = format!("{people}?sortOrder[column]=title&sortOrder[dir]=DESC&page[limit]=1");
    assert_eq!(world.get(&sorted).await.ids(200), [&*other]);
    let document = world.get(&format!("{people}?include=people.tasks")).await.document(200);
    assert_eq!(document["data"][1]["relationships"]["tasks"]["data"][0]["id"], task);
    assert_eq!(document["included"][0]["id"], task);
}
