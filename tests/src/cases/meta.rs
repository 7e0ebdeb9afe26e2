//! `meta` of updates.

use serde_json::{Value, json};

use crate::{Answer, World};

async fn update(world: &World, id: &str, attributes: Value, meta: Value) -> Answer {
    let data = json!({ "type": "company", "id": id, "attributes": attributes });
    let body = json!({ "data": data, "meta": meta });
    world.patch(&format!("/objects/company/records/{id}"), body).await
}

pub async fn arrays_are_appended_to_and_objects_merged(world: &World) {
    let location = json!({ "city": "Oslo", "tags": [1.10] });
    let id = world.created("company", json!({ "location": location })).await;
    let merge = json!({ "location": { "object": "merge" } });
    let more = json!({ "location": { "zip": "0150", "city": "Bergen" } });
    let merged = update(world, &id, more, merge.clone()).await.data(200);
    let expected = json!({ "city": "Bergen", "tags": [1.10], "zip": "0150" });
    assert_eq!(merged["attributes"]["location"], expected);
    update(world, &id, json!({ "location": [1, { "a": 2 }] }), json!({})).await.data(200);
    let append = json!({ "location": { "array": "append" } });
    let appended = update(world, &id, json!({ "location": [3] }), append).await.data(200);
    assert_eq!(appended["attributes"]["location"], json!([1, { "a": 2 }, 3]));
    let replaced = update(world, &id, json!({ "location": { "a": 1 } }), merge).await.data(200);
    assert_eq!(replaced["attributes"]["location"], json!({ "a": 1 }), "there was no object");
}

pub async fn collections_are_appended_to_and_removed_from(world: &World) {
    let (one, two) = (world.domain("one"), world.domain("two"));
    let id = world.created("company", json!({ "domains": { "items": [one] } })).await;
    for (manner, sent, expected) in [
        ("append", json!([two, one]), json!({ "items": [one, two] })),
        ("append", json!([two]), json!({ "items": [one, two] })),
        ("remove", json!([one.to_uppercase()]), json!({ "items": [two] })),
        ("replace", json!([one]), json!({ "items": [one] })),
    ] {
        let meta = json!({ "domains": { "collection": manner } });
        let change = json!({ "domains": { "items": sent } });
        let shown = update(world, &id, change, meta).await.data(200);
        assert_eq!(shown["attributes"]["domains"], expected, "{manner}");
    }
}

pub async fn a_manner_that_does_not_fit_is_422(world: &World) {
    let id = world.created("company", json!({ "name": "Acme" })).await;
    for (field, meta) in [
        ("name", json!({ "collection": "append" })),
        ("name", json!({ "object": "merge" })),
        ("domains", json!({ "array": "append" })),
        ("location", json!({ "object": "replace" })),
        ("nothing", json!({ "collection": "append" })),
    ] {
        let answer = update(world, &id, json!({ "name": "Other" }), json!({ field: meta })).await;
        answer.refused_at(422, &format!("/meta/{field}"));
    }
    assert_eq!(world.attributes("company", &id).await["name"], "Acme");
}

pub async fn one_meta_is_for_every_record_of_a_bulk_update(world: &World) {
    let [one, two, more, other] = ["one", "two", "more", "other"].map(|name| world.domain(name));
    let company = async |domain: &str| {
        world.created("company", json!({ "domains": { "items": [domain] } })).await
    };
    let ids = [company(&one).await, company(&two).await];
    let item = |id: &str, domain: &str| {
        let attributes = json!({ "domains": { "items": [domain] } });
        json!({ "type": "company", "id": id, "attributes": attributes })
    };
    let data = [item(&ids[0], &more), item(&ids[1], &other)];
    let meta = json!({ "domains": { "collection": "append" } });
    let body = json!({ "data": data, "meta": meta });
    let shown = world.patch("/objects/company/records", body).await.data(200);
    assert_eq!(shown[0]["attributes"]["domains"], json!({ "items": [one, more] }));
    assert_eq!(shown[1]["attributes"]["domains"], json!({ "items": [two, other] }));
}
