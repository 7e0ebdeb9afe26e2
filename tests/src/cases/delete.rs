//! `DELETE /objects/{object}/records/{id}`.

use clarify_core::RecordId;
use serde_json::json;

use crate::World;
use crate::objects::{Person, Product};

pub async fn a_delete_answers_without_a_record(world: &World) {
    let id = world.created("person", json!({})).await;
    let other = world.created("person", json!({})).await;
    let answer = world.delete(&format!("/objects/person/records/{id}")).await;
    assert_eq!((answer.status, &*answer.text), world.either((204, ""), (200, "{}")));
    assert_eq!(answer.header("content-type"), world.either(None, Some("application/json")));
    assert!(!world.exists("person", &id).await);
    assert!(world.exists("person", &other).await);
    let saved = world.products().create(&Product::default()).await.unwrap();
    world.products().delete(&saved).await.unwrap();
    assert!(world.products().get(&saved).await.unwrap_err().is_not_found());
}

pub async fn a_second_delete_is_404(world: &World) {
    let id = world.created("person", json!({})).await;
    let path = format!("/objects/person/records/{id}");
    assert!(world.delete(&path).await.is_done());
    assert!(world.delete(&path).await.problem(404).detail.contains(&id));
    let error = world.people().delete(RecordId::<Person>::new(id)).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

pub async fn a_deleted_records_unique_value_is_free(world: &World) {
    let emails = json!({ "email_addresses": { "items": [world.email("ana")] } });
    let id = world.created("person", emails.clone()).await;
    assert!(world.delete(&format!("/objects/person/records/{id}")).await.is_done());
    assert_ne!(world.created("person", emails).await, id);
}
