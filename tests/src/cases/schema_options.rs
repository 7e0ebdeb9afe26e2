//! `PATCH /schemas`: the options of selects.

use serde_json::{Value, json};

use super::custom::{Custom, multi_select, select, text};
use crate::World;

async fn object(world: &World) -> Custom<'_> {
    let properties = json!({
        "tier": select(&["Gold", "Silver", "Lead"]), "marks": multi_select(&["A", "B"]),
        "note": text(),
    });
    Custom::with(world, properties).await
}

pub async fn options_are_appended(world: &World) {
    let object = object(world).await;
    let answer = object.edit_options("tier", Some("append"), &["Gold", "Tin"]).await.data(200);
    let result = json!([{
        "id": format!("https://getclarify.ai/schemas/entities/{}", object.name),
        "type": "schema-validation-result",
        "attributes": { "isValid": true },
    }]);
    assert_eq!(answer, result);
    let expected = json!(["Gold", "Silver", "Lead", "Tin"]);
    assert_eq!(object.property("tier").await["enum"], expected);
    object.created(json!({ "tier": "Tin" })).await;
    object.delete().await;
}

pub async fn without_meta_options_are_replaced(world: &World) {
    let object = object(world).await;
    let id = object.created(json!({ "tier": "Lead" })).await;
    object.edit_options("tier", None, &["Silver", "Gold"]).await.data(200);
    assert_eq!(object.property("tier").await["enum"], json!(["Silver", "Gold"]));
    assert_eq!(object.shown(&id).await, json!({}));
    object.delete().await;
}

pub async fn a_removed_option_is_cleared_from_the_records_that_use_it(world: &World) {
    let object = object(world).await;
    let gold = object.created(json!({ "tier": "Gold", "note": "x" })).await;
    let silver = object.created(json!({ "tier": "Silver" })).await;
    object.edit_options("tier", Some("remove"), &["Gold"]).await.data(200);
    assert_eq!(object.shown(&gold).await, json!({ "note": "x" }));
    assert_eq!(object.shown(&silver).await, json!({ "tier": "Silver" }));
    object.create(json!({ "tier": "Gold" })).await.refused_at(422, "/data/attributes/tier");
    let empty = world.list(&object.name, "filter[tier][Is+empty]=").await;
    assert_eq!(empty.ids(200), [gold]);
    object.delete().await;
}

pub async fn a_removed_option_leaves_the_others_of_a_multi_select(world: &World) {
    let object = object(world).await;
    let both = object.created(json!({ "marks": { "items": ["A", "B"] } })).await;
    let one = object.created(json!({ "marks": { "items": ["A"] } })).await;
    let nested = json!({ "properties": { "items": { "items": { "enum": ["A"] } } } });
    let mut entry = object.options("marks", Some("remove"), &[]);
    entry["attributes"]["marks"] = nested;
    world.patch("/schemas", json!({ "data": [entry] })).await.data(200);
    assert_eq!(object.shown(&both).await, json!({ "marks": { "items": ["B"] } }));
    assert_eq!(object.shown(&one).await, json!({}));
    object.delete().await;
}

pub async fn a_required_select_keeps_the_options_that_are_used(world: &World) {
    let object = object(world).await;
    let id = object.created(json!({ "tier": "Gold" })).await;
    let required = |schema: &mut Value| schema["required"] = json!(["tier"]);
    object.changed(required).await.data(200);
    let answer = object.edit_options("tier", Some("remove"), &["Gold"]).await;
    let problem = answer.refused_at(422, "/data/0/attributes/tier");
    assert!(problem.detail.contains(&id), "{problem:?}");
    assert_eq!(object.shown(&id).await, json!({ "tier": "Gold" }));
    object.edit_options("tier", Some("remove"), &["Silver"]).await.data(200);
    object.delete().await;
}

pub async fn all_entries_are_edited_or_none(world: &World) {
    let object = object(world).await;
    let id = object.created(json!({ "tier": "Gold" })).await;
    let entries = json!([
        object.options("tier", Some("remove"), &["Gold"]),
        object.options("note", Some("append"), &["A"]),
        object.options("marks", Some("remove"), &["C"]),
    ]);
    let problems = world.patch("/schemas", json!({ "data": entries })).await.refused(422);
    let pointers: Vec<_> = problems.iter().filter_map(|p| p.pointer.as_deref()).collect();
    assert_eq!(pointers, ["/data/1/attributes/note", "/data/2/attributes/marks/enum"]);
    assert_eq!(object.shown(&id).await, json!({ "tier": "Gold" }));
    let entries = json!([
        object.options("tier", Some("remove"), &["Gold"]),
        object.options("marks", None, &["C"]),
    ]);
    let results = world.patch("/schemas", json!({ "data": entries })).await.data(200);
    assert_eq!(results.as_array().map(Vec::len), Some(2));
    assert_eq!(object.shown(&id).await, json!({}));
    object.delete().await;
}

pub async fn every_mistake_of_an_entry_is_named(world: &World) {
    let object = object(world).await;
    let refused = async |entry: Value, pointers: &[&str]| {
        let answer = world.patch("/schemas", json!({ "data": [entry] })).await;
        let found: Vec<_> = answer.refused(422).into_iter().filter_map(|p| p.pointer).collect();
        assert_eq!(found, pointers);
    };
    let entry = |attributes: Value, meta: Value| {
        let mut entry = object.options("tier", None, &[]);
        entry["attributes"] = attributes;
        entry["meta"] = meta;
        entry
    };
    let options = json!({ "enum": ["A"] });
    let wrong = json!({ "marks": { "enum": 5 }, "other": options, "tier": options });
    let meta = json!({ "tier": { "enum": "add" }, "note": { "enum": "append" } });
    let expected = [
        "/data/0/meta/note",
        "/data/0/attributes/marks/enum",
        "/data/0/attributes/other",
        "/data/0/meta/tier",
    ];
    refused(entry(wrong, meta), &expected).await;
    refused(entry(json!({}), json!({})), &["/data/0/attributes"]).await;
    let twice = json!({ "tier": { "enum": ["A", "A", ""] } });
    refused(entry(twice, json!({})), &["/data/0/attributes/tier"]).await;
    let last = json!({ "tier": { "enum": ["Gold", "Silver", "Lead"] } });
    let remove = json!({ "tier": { "enum": "remove" } });
    refused(entry(last, remove), &["/data/0/attributes/tier"]).await;
    let mut unknown = object.options("tier", None, &["A"]);
    unknown["id"] = "https://getclarify.ai/schemas/entities/c_there_is_no_such_object".into();
    let answer = world.patch("/schemas", json!({ "data": [unknown] })).await;
    answer.refused_at(404, "/data/0/id");
    world.patch("/schemas", json!({ "data": [] })).await.refused_at(422, "/data");
    object.delete().await;
}
