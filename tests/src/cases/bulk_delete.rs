//! `DELETE /objects/{object}/records`.

use clarify_core::Batch;
use serde_json::{Value, json};

use crate::World;
use crate::objects::Product;

const PATH: &str = "/objects/c_product/records";

async fn products(world: &World, count: usize) -> Vec<String> {
    let batch = vec![json!({}); count];
    world.bulk_create("c_product", &batch).await.ids(201)
}

fn items(ids: &[impl AsRef<str>]) -> Value {
    let ids: Vec<_> = ids.iter().map(AsRef::as_ref).collect();
    json!({ "items": ids })
}

pub async fn items_are_deleted(world: &World) {
    let ids = products(world, 3).await;
    assert!(world.delete_with(PATH, items(&ids[..2])).await.is_done());
    assert!(!world.exists("c_product", &ids[0]).await);
    assert!(!world.exists("c_product", &ids[1]).await);
    assert!(world.exists("c_product", &ids[2]).await);
    let batch = Batch::of([Product::default(), Product::default()]);
    let saved = world.products().bulk_create(&batch).await.unwrap();
    let saved = Batch::try_from(saved).unwrap();
    world.products().bulk_delete(&saved).await.unwrap();
    assert!(world.products().bulk_delete(&saved).await.unwrap_err().is_not_found());
}

pub async fn data_in_place_of_items_is_422(world: &World) {
    let ids = products(world, 1).await;
    let data = json!({ "data": [ids[0]] });
    let resource = json!({ "data": [{ "type": "c_product", "id": ids[0] }] });
    for body in [data, resource, json!({}), json!({ "items": ids[0] })] {
        world.delete_with(PATH, body).await.refused_at(422, "/items");
    }
    world.delete_with(PATH, json!({ "items": [5] })).await.refused_at(422, "/items/0");
    assert!(world.exists("c_product", &ids[0]).await);
}

pub async fn a_bulk_delete_answers_without_a_record(world: &World) {
    let ids = products(world, 2).await;
    let answer = world.delete_with(PATH, items(&ids)).await;
    assert_eq!((answer.status, &*answer.text), world.either((204, ""), (200, "{}")));
    assert_eq!(answer.header("content-type"), world.either(None, Some("application/json")));
}

pub async fn unknown_ids_are_named_and_nothing_is_deleted(world: &World) {
    let ids = products(world, 1).await;
    let (one, two) = (world.unique("rec"), world.unique("rec"));
    let answer = world.delete_with(PATH, items(&[&ids[0], &one, &two])).await;
    answer.refused(404);
    assert!(answer.text.contains(&one) && answer.text.contains(&two), "{}", answer.text);
    assert!(world.exists("c_product", &ids[0]).await);
}

pub async fn an_empty_bulk_delete_is_422(world: &World) {
    world.delete_with(PATH, json!({ "items": [] })).await.refused_at(422, "/items");
}

pub async fn a_bulk_delete_takes_1000_ids(world: &World) {
    let mut ids = Vec::new();
    while ids.len() < 1000 {
        ids.extend(products(world, 25).await);
    }
    let unknown = world.unique("rec");
    let many: Vec<_> = ids.iter().chain([&unknown]).collect();
    world.delete_with(PATH, items(&many)).await.refused_at(422, "/items");
    assert!(world.exists("c_product", &ids[0]).await);
    assert!(world.delete_with(PATH, items(&ids)).await.is_done());
    assert!(!world.exists("c_product", &ids[999]).await);
}

pub async fn an_id_may_stand_twice_in_a_bulk_delete(world: &World) {
    let ids = products(world, 2).await;
    let twice = items(&[&ids[0], &ids[1], &ids[0]]);
    assert!(world.delete_with(PATH, twice).await.is_done());
    assert!(!world.exists("c_product", &ids[0]).await);
}
