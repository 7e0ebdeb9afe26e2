//! `GET /objects/{object}/records/{id}`.

use clarify_core::RecordId;
use serde_json::json;

use crate::World;
use crate::objects::{Person, Product};

pub async fn a_record_is_got_by_its_id(world: &World) {
    let created = world.create("c_product", json!({ "name": "Chair", "price": 9.5 })).await;
    let id = created["id"].as_str().unwrap();
    let got = world.get(&format!("/objects/c_product/records/{id}")).await.data(200);
    assert_eq!(got, created);
    let typed = world.products().get(RecordId::<Product>::new(id)).await.unwrap();
    let expected = Product { name: Some("Chair".into()), price: Some(9.5) };
    assert_eq!((typed.id.as_str(), typed.attributes), (id, expected));
    assert_eq!(typed.outcome, None);
}

pub async fn an_unknown_id_is_404(world: &World) {
    let id = world.unique("per");
    let path = format!("/objects/person/records/{id}");
    let problem = world.get(&path).await.problem(404);
    assert!(problem.detail.contains(&id), "{problem:?}");
    let error = world.people().get(RecordId::<Person>::new(id)).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    let product = world.created("c_product", json!({})).await;
    assert!(!world.exists("person", &product).await, "an id is one of its own object");
}

pub async fn any_text_can_be_an_id(world: &World) {
    for id in ["per_01HX9Z2K3M4N5P6Q7R8S9T0U", "5", "a%2Fb", "a%20b", "%C3%BC", "%00", "%FF", "'"] {
        let answer = world.get(&format!("/objects/person/records/{id}")).await;
        let status = answer.status;
        assert!(status == 404 || (status == 400 && id == "%FF"), "{id}: {}", answer.text);
        answer.refused(status);
    }
}

pub async fn an_unknown_object_is_404(world: &World) {
    for path in ["records/1", "resources"] {
        let problem = world.get(&format!("/objects/c_nothing/{path}")).await.problem(404);
        assert!(problem.detail.contains("c_nothing"), "{problem:?}");
    }
    let body = json!({ "data": { "type": "c_nothing", "attributes": {} } });
    world.post("/objects/c_nothing/records", body).await.problem(404);
}

pub async fn an_unknown_include_is_400(world: &World) {
    let id = world.created("person", json!({})).await;
    for path in [format!("records/{id}"), "resources".to_owned()] {
        let answer = world.get(&format!("/objects/person/{path}?include=nothing")).await;
        let problem = answer.problem(400);
        assert!(problem.detail.contains("nothing"), "{problem:?}");
    }
}
