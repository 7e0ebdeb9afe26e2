//! `GET /objects/{object}/deleted-resources`.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::World;

async fn deleted(world: &World, object: &str, query: &str) -> Value {
    let path = format!("/objects/{object}/deleted-resources?{query}");
    world.get(&path).await.document(200)
}

pub async fn a_deleted_record_can_be_looked_up(world: &World) {
    let title = world.unique("Call");
    let id = world.created("task", json!({ "title": title })).await;
    let before = world.attributes("task", &id).await;
    assert!(world.delete(&format!("/objects/task/records/{id}")).await.is_done());
    let document = deleted(world, "task", "page[limit]=1").await;
    let last = &document["data"][0];
    assert_eq!((&last["id"], &last["type"]), (&json!(id), &json!("task")));
    let mut attributes = last["attributes"].clone();
    let moment = attributes.as_object_mut().unwrap().remove("_deleted_at").unwrap();
    assert_eq!(attributes, before, "as it was when it was deleted");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let moment = moment.as_u64().expect("in whole seconds since the epoch");
    assert!(moment.abs_diff(now) < 3600, "{moment} {now}");
}

pub async fn the_last_one_comes_first_by_the_page(world: &World) {
    let mut ids = Vec::new();
    for _ in 0..3 {
        let id = world.created("c_product", json!({})).await;
        assert!(world.delete(&format!("/objects/c_product/records/{id}")).await.is_done());
        ids.push(id);
    }
    let document = deleted(world, "c_product", "page[limit]=2").await;
    let shown: Vec<_> = document["data"].as_array().unwrap().iter().map(|r| &r["id"]).collect();
    assert_eq!(shown, [&json!(ids[2]), &json!(ids[1])]);
    let total = document["meta"]["total_records"].as_u64().unwrap();
    assert!(total >= 3);
    let next = deleted(world, "c_product", "page[limit]=2&page[offset]=2").await;
    assert_eq!(next["data"][0]["id"], ids[0]);
}

pub async fn records_deleted_together_and_merged_ones_are_there(world: &World) {
    let [one, two, survivor, source] = [
        world.created("c_product", json!({ "name": "one" })).await,
        world.created("c_product", json!({ "name": "two" })).await,
        world.created("c_product", json!({})).await,
        world.created("c_product", json!({ "name": "source" })).await,
    ];
    let items = json!({ "items": [one, two] });
    assert!(world.delete_with("/objects/c_product/records", items).await.is_done());
    let sources = json!({ "sources": [source] });
    let body = json!({ "data": { "type": "c_product", "attributes": sources } });
    let path = format!("/objects/c_product/records/{survivor}/merges");
    assert_eq!(world.post(&path, body).await.status, 204);
    let document = deleted(world, "c_product", "page[limit]=3").await;
    let mut shown: Vec<_> =
        document["data"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap()).collect();
    let mut expected = [&*one, &*two, &*source];
    shown.sort_unstable();
    expected.sort_unstable();
    assert_eq!(shown, expected);
}

pub async fn a_deleted_list_takes_no_filter(world: &World) {
    let path = "/objects/task/deleted-resources";
    world.get(&format!("{path}?filter[title]=x")).await.problem(400);
    world.get("/objects/c_nothing/deleted-resources").await.problem(404);
}
