//! `POST` and `GET /objects/{object}/resources`, of one record.

use serde_json::json;

use crate::World;

pub async fn a_resource_is_created_with_its_links(world: &World) {
    let company = world.created("company", json!({ "name": "Acme" })).await;
    let deal = world.created("deal", json!({ "name": world.unique("deal") })).await;
    let relationships = json!({
        "company_id": { "data": { "type": "company", "id": company } },
        "deals": { "data": [{ "type": "deal", "id": deal }] },
    });
    let data = json!({
        "type": "person", "attributes": { "title": "VP" }, "relationships": relationships
    });
    let document =
        world.post("/objects/person/resources", json!({ "data": data })).await.document(201);
    assert_eq!((&document["included"], &document["meta"]), (&json!([]), &json!({})));
    let id = document["data"]["id"].as_str().unwrap();
    assert_eq!(document["data"]["attributes"]["title"], "VP");
    assert_eq!(document["data"]["attributes"]["company_id"], company);
    let path = format!("/objects/deal/records/{deal}/relationships/people");
    assert_eq!(world.get(&path).await.ids(200), [id]);
}

pub async fn a_resource_without_links_is_a_create(world: &World) {
    let email = world.email("ana");
    let attributes = json!({ "email_addresses": { "items": [email] } });
    let body = json!({ "data": { "type": "person", "attributes": attributes } });
    let path = "/objects/person/resources";
    let first = world.post(path, body.clone()).await.data(201);
    let again = world.post(path, world.matching("person", body)).await.data(201);
    assert_eq!(again["id"], first["id"]);
}

pub async fn a_bad_link_of_a_resource_writes_nothing(world: &World) {
    let name = world.unique("deal");
    let unknown = world.unique("com");
    let link = json!({ "data": { "type": "company", "id": unknown } });
    let data = json!({
        "type": "deal", "attributes": { "name": name }, "relationships": { "company_id": link }
    });
    let answer = world.post("/objects/deal/resources", json!({ "data": data })).await;
    answer.refused_at(404, "/data/relationships/company_id/data/id");
    let found = world.list("deal", &format!("filter[name]={name}")).await;
    assert!(found.ids(200).is_empty());
    let relationships = json!({ "nothing": { "data": [] }, "company_id": { "data": 5 } });
    let data = json!({ "type": "deal", "attributes": {}, "relationships": relationships });
    let problems =
        world.post("/objects/deal/resources", json!({ "data": data })).await.refused(422);
    let pointers: Vec<_> = problems.iter().filter_map(|problem| problem.pointer.clone()).collect();
    assert_eq!(pointers, ["/data/relationships/company_id/data", "/data/relationships/nothing"]);
}

pub async fn a_resource_is_got_with_included_and_meta(world: &World) {
    let company = world.created("company", json!({ "name": "Acme" })).await;
    let person = world.created("person", json!({ "company_id": company })).await;
    let path = format!("/objects/person/resources/{person}");
    let document = world.get(&path).await.document(200);
    assert_eq!((&document["included"], &document["meta"]), (&json!([]), &json!({})));
    let record = world.get(&format!("/objects/person/records/{person}")).await.data(200);
    assert_eq!(document["data"], record);
    let document = world.get(&format!("{path}?include=company_id")).await.document(200);
    assert_eq!(document["included"][0]["id"], company);
    world.get(&format!("/objects/person/resources/{}", world.unique("per"))).await.problem(404);
}

pub async fn a_create_takes_no_relationships(world: &World) {
    let relationships = json!({ "company_id": { "data": null } });
    let data = json!({ "type": "deal", "attributes": {}, "relationships": relationships });
    let answer = world.post("/objects/deal/records", json!({ "data": data })).await;
    answer.refused_at(422, "/data/relationships");
}
