//! `PATCH /objects/{object}/records`.

use clarify_core::{Batch, Patch, RecordId};
use serde_json::{Value, json};

use crate::objects::Person;
use crate::{Answer, World};

const PATH: &str = "/objects/person/records";

async fn people<const N: usize>(world: &World, titles: [&str; N]) -> Vec<String> {
    let person = |title: &str| json!({ "title": title });
    world.bulk_create("person", &titles.map(person)).await.ids(201)
}

fn item(id: &str, attributes: Value) -> Value {
    json!({ "type": "person", "id": id, "attributes": attributes })
}

async fn update(world: &World, items: &[Value]) -> Answer {
    world.patch(PATH, json!({ "data": items })).await
}

async fn title(world: &World, id: &str) -> Value {
    world.attributes("person", id).await["title"].take()
}

pub async fn every_record_of_a_bulk_update_is_changed(world: &World) {
    let ids = people(world, ["a", "b", "c"]).await;
    let items = [item(&ids[1], json!({ "title": "B" })), item(&ids[0], json!({ "name": "A" }))];
    let answer = update(world, &items).await;
    assert_eq!(answer.ids(200), [ids[1].as_str(), &ids[0]]);
    let shown = answer.data(200);
    assert_eq!(shown[0]["attributes"]["title"], "B");
    assert_eq!(shown[1]["attributes"]["title"], "a", "what is not mentioned stays");
    assert_eq!(title(world, &ids[2]).await, "c");
    let patch = |title: &str| Patch::new().set(Person::TITLE, title);
    let id = |n: usize| RecordId::<Person>::new(&ids[n]);
    let batch = Batch::of([(id(2), patch("C")), (id(0), patch("AA"))]);
    let saved = world.people().bulk_update(&batch).await.unwrap();
    let titles: Vec<_> =
        saved.iter().flatten().map(|r| r.attributes.title.as_deref().unwrap()).collect();
    assert_eq!(titles, ["C", "AA"]);
}

pub async fn a_record_without_id_is_422(world: &World) {
    let ids = people(world, ["a"]).await;
    let nameless = json!({ "type": "person", "attributes": { "title": "x" } });
    let items = [item(&ids[0], json!({ "title": "A" })), nameless];
    update(world, &items).await.refused_at(422, "/data/1/id");
    assert_eq!(title(world, &ids[0]).await, "a");
}

pub async fn one_unknown_id_is_404_and_nothing_is_written(world: &World) {
    let ids = people(world, ["a"]).await;
    let unknown = world.unique("per");
    let change = json!({ "title": "A" });
    let items = [item(&ids[0], change.clone()), item(&unknown, change)];
    let answer = update(world, &items).await;
    assert!(answer.problem(404).detail.contains(&unknown), "{}", answer.text);
    assert_eq!(title(world, &ids[0]).await, "a");
    let patch = || Patch::new().set(Person::TITLE, "A");
    let pair = |id: &str| (RecordId::<Person>::new(id), patch());
    let batch = Batch::of([pair(&ids[0]), pair(&unknown)]);
    let error = world.people().bulk_update(&batch).await.unwrap_err();
    assert!(error.is_not_found() && error.to_string().contains(&unknown), "{error}");
}

pub async fn every_unknown_id_is_named(world: &World) {
    let ids = people(world, ["a"]).await;
    let (one, two) = (world.unique("per"), world.unique("per"));
    let items = [&one, &ids[0], &two].map(|id| item(id, json!({})));
    let answer = update(world, &items).await;
    let problems = answer.refused(404);
    assert!(problems.iter().all(|p| p.status == 404), "{problems:?}");
    assert!(answer.text.contains(&one) && answer.text.contains(&two), "{}", answer.text);
    assert!(!answer.text.contains(&ids[0]), "{}", answer.text);
}

pub async fn the_same_id_twice_is_applied_in_order(world: &World) {
    let ids = people(world, ["a"]).await;
    let first = json!({ "title": "first", "name": "Ana Lee" });
    let items = [item(&ids[0], first), item(&ids[0], json!({ "title": "last" }))];
    let data = update(world, &items).await.data(200);
    assert_eq!(data[0], data[1], "both show the final state");
    assert_eq!(data[0]["attributes"]["title"], "last");
    assert_eq!(data[0]["attributes"]["name"], world.name("Ana Lee"));
}

pub async fn a_bulk_update_takes_1000_records(world: &World) {
    let ids = people(world, ["a"]).await;
    let items: Vec<_> =
        (0..1001).map(|n| item(&ids[0], json!({ "title": n.to_string() }))).collect();
    update(world, &items).await.refused_at(422, "/data");
    assert_eq!(title(world, &ids[0]).await, "a");
    assert_eq!(update(world, &items[..1000]).await.ids(200).len(), 1000);
    assert_eq!(title(world, &ids[0]).await, "999");
    update(world, &[]).await.refused_at(422, "/data");
}

pub async fn every_problem_of_a_bulk_update_is_in_one_answer(world: &World) {
    let ids = people(world, ["a", "b"]).await;
    let items = [
        item(&ids[0], json!({ "title": 5 })),
        item(&ids[1], json!({ "title": "B", "nickname": "b" })),
    ];
    let problems = update(world, &items).await.refused(422);
    let places: Vec<_> = problems.iter().filter_map(|p| p.pointer.as_deref()).collect();
    assert_eq!(places, ["/data/0/attributes/title", "/data/1/attributes/nickname"]);
    assert_eq!(title(world, &ids[1]).await, "b");
}

pub async fn a_collision_in_a_bulk_update_writes_nothing(world: &World) {
    let email = world.email("ana");
    let emails = json!({ "email_addresses": { "items": [email] } });
    let holder = world.created("person", emails.clone()).await;
    let ids = people(world, ["a", "b"]).await;
    let items = [item(&ids[0], json!({ "title": "A" })), item(&ids[1], emails)];
    let problem = update(world, &items).await.refused_at(400, "/data/1/attributes/email_addresses");
    assert!(problem.detail.contains(&holder), "{problem:?}");
    assert_eq!(title(world, &ids[0]).await, "a");
}

pub async fn what_is_wrong_with_a_body_hides_no_unknown_id(world: &World) {
    let ids = people(world, ["a"]).await;
    let unknown = world.unique("per");
    let bad = json!({ "nope": 1 });
    let items = [item(&unknown, bad.clone()), item(&ids[0], bad)];
    let refused = update(world, &items).await.refused(422);
    let found: Vec<_> = refused.iter().map(|r| (r.status, r.pointer.as_deref())).collect();
    assert_eq!(found[0], (404, Some("/data/0/id")));
    assert_eq!(found[1], (422, Some("/data/0/attributes/nope")));
    assert_eq!(found[2], (422, Some("/data/1/attributes/nope")));
    assert_eq!(found.len(), 3);
}

pub async fn a_bulk_update_answers_as_a_page(world: &World) {
    let ids = people(world, ["a", "b"]).await;
    let items = [item(&ids[0], json!({})), item(&ids[1], json!({}))];
    let document = update(world, &items).await.document(200);
    assert!(document["links"].is_object(), "{document}");
    assert_eq!(document["meta"]["total_records"], 2);
    assert_eq!(document["meta"]["total_pages"], 1);
}
