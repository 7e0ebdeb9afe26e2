//! `PATCH /objects/{object}/records/{id}`.

use clarify_core::{Patch, RecordId};
use serde_json::{Value, json};

use crate::objects::{Person, Product};
use crate::{World, written};

async fn taylor(world: &World) -> String {
    let emails = json!({ "items": [world.email("taylor")] });
    let attributes = json!({
        "name": "Taylor Reeves", "title": "VP of Sales", "email_addresses": emails
    });
    world.created("person", attributes).await
}

fn path(id: &str) -> String {
    format!("/objects/person/records/{id}")
}

pub async fn only_the_fields_included_are_changed(world: &World) {
    let id = taylor(world).await;
    let before = world.attributes("person", &id).await;
    let change = json!({ "title": "Chief Revenue Officer", "company_name": "Acme Holdings" });
    world.update("person", &id, change).await.data(200);
    let mut expected = written(before);
    expected["title"] = "Chief Revenue Officer".into();
    expected["company_name"] = "Acme Holdings".into();
    assert_eq!(written(world.attributes("person", &id).await), expected);
    let patch = Patch::new().set(Person::TITLE, "CEO");
    let saved = world.people().update(RecordId::<Person>::new(&id), patch).await.unwrap().unwrap();
    assert_eq!(saved.attributes.title.as_deref(), Some("CEO"));
    assert_eq!(saved.attributes.name.as_deref(), Some("Taylor Reeves"));
    world.update("person", &id, json!({})).await.data(200);
}

pub async fn an_update_answers_200_with_the_record(world: &World) {
    let id = taylor(world).await;
    let answered = world.update("person", &id, json!({ "title": "CRO" })).await.data(200);
    assert_eq!(answered["attributes"]["title"], "CRO");
    assert_eq!(world.get(&path(&id)).await.data(200), answered);
}

pub async fn the_id_in_the_body_is_left_out_as_the_contract_says(world: &World) {
    let id = taylor(world).await;
    let mut body = json!({ "data": { "type": "person", "attributes": { "title": "CRO" } } });
    let answer = world.patch(&path(&id), body.clone()).await;
    if world.is_live() {
        answer.refused_at(422, "/data/id");
        assert_eq!(world.attributes("person", &id).await["title"], "VP of Sales");
    } else {
        answer.data(200);
    }
    body["data"]["id"] = id.as_str().into();
    assert_eq!(world.patch(&path(&id), body).await.data(200)["id"], id);
}

pub async fn a_custom_object_is_updated_alone_or_in_bulk(world: &World) {
    let id = world.created("c_product", json!({ "name": "Chair" })).await;
    let price = json!({ "price": 9.5 });
    let answer = world.update("c_product", &id, price.clone()).await;
    let answered = if world.is_live() {
        answer.problem(500);
        assert_eq!(world.attributes("c_product", &id).await["price"], Value::Null);
        world.update_in_bulk("c_product", &id, price).await.data(200)[0].take()
    } else {
        answer.data(200)
    };
    let expected = json!({ "name": "Chair", "price": 9.5 });
    assert_eq!(written(answered["attributes"].clone()), expected);
    let patch = Patch::new().set(Product::PRICE, 5.0);
    let saved = world.products().update(RecordId::<Product>::new(id), patch).await;
    assert_eq!(saved.unwrap().unwrap().attributes.price, Some(5.0), "in either form");
}

pub async fn null_clears_a_field(world: &World) {
    let id = taylor(world).await;
    world.update("person", &id, json!({ "title": null })).await.data(200);
    let shown = world.attributes("person", &id).await;
    assert_eq!(shown["title"], Value::Null);
    assert_eq!(shown["name"], world.name("Taylor Reeves"));
    let patch = Patch::new().clear(Person::NAME).clear(Person::EMAIL_ADDRESSES);
    let saved = world.people().update(RecordId::<Person>::new(&id), patch).await.unwrap().unwrap();
    assert_eq!(saved.attributes, Person::default());
}

pub async fn an_id_or_type_that_is_not_the_paths_is_409(world: &World) {
    let (id, other) = (taylor(world).await, taylor(world).await);
    let body = |kind: &str, id: &str| json!({ "data": { "type": kind, "id": id, "attributes": { "title": "CRO" } } });
    let problem = world.patch(&path(&id), body("person", &other)).await.problem(409);
    assert!(problem.detail.starts_with("/data/id: "), "{problem:?}");
    let problem = world.patch(&path(&id), body("company", &id)).await.problem(409);
    assert!(problem.detail.starts_with("/data/type: "), "{problem:?}");
    for id in [id, other] {
        assert_eq!(world.attributes("person", &id).await["title"], "VP of Sales");
    }
}

pub async fn an_update_of_an_unknown_record_is_404(world: &World) {
    let id = world.unique("per");
    let problem = world.update("person", &id, json!({ "title": "CRO" })).await.problem(404);
    assert!(problem.detail.contains(&id), "{problem:?}");
    let patch = Patch::new().set(Person::TITLE, "CRO");
    let error = world.people().update(RecordId::<Person>::new(id), patch).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

pub async fn an_update_moves_one_of_the_times(world: &World) {
    let id = taylor(world).await;
    let before = world.attributes("person", &id).await;
    world.update("person", &id, json!({ "title": "CRO" })).await.data(200);
    let after = world.attributes("person", &id).await;
    assert_eq!(after["_created_at"], before["_created_at"]);
    assert!(after["_updated_at"].as_str() >= before["_updated_at"].as_str());
}

pub async fn a_bad_field_leaves_the_others_unwritten(world: &World) {
    let id = taylor(world).await;
    let before = world.attributes("person", &id).await;
    let change = json!({ "name": "Kim", "title": 5, "nickname": "K" });
    let problems = world.update("person", &id, change).await.refused(422);
    let places: Vec<_> = problems.iter().filter_map(|p| p.pointer.as_deref()).collect();
    assert_eq!(places, ["/data/attributes/nickname", "/data/attributes/title"]);
    assert_eq!(world.attributes("person", &id).await, before);
}
