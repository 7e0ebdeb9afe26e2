//! Fields that are added, changed and removed, and the records that have them.

use serde_json::{Value, json};

use super::custom::{Custom, multi_select, select, text, unique};
use crate::{Answer, World};

pub async fn fields_are_added_to_an_object(world: &World) {
    let object = Custom::with(world, json!({ "note": text() })).await;
    let first = object.created(json!({ "note": "x" })).await;
    let answer = object.add_fields(json!({ "b": text(), "a": { "type": "boolean" } })).await;
    assert_eq!(answer.document(202), json!({}));
    let second = object.created(json!({ "b": "y", "a": true })).await;
    assert_eq!(object.shown(&second).await, json!({ "b": "y", "a": true }));
    assert_eq!(object.shown(&first).await, json!({ "note": "x" }));
    assert_eq!(order(&object).await, ["note", "a", "b"]);
    object.delete().await;
}

pub async fn a_field_that_exists_is_not_replaced(world: &World) {
    let object = Custom::with(world, json!({ "note": text() })).await;
    let answer = object.add_fields(json!({ "note": select(&["A"]), "more": text() })).await;
    answer.refused_at(422, "/data/attributes/note");
    assert!(object.property("more").await.is_null());
    object.delete().await;
}

pub async fn every_type_but_boolean_has_room_for_null(world: &World) {
    let object = Custom::with(world, json!({})).await;
    let bare = json!({ "size": { "type": "number" }, "tall": { "type": "boolean" } });
    object.add_fields(bare).await.refused_at(422, "/data/attributes/size/type");
    object.delete().await;
}

pub async fn the_names_of_fields_have_their_rules(world: &World) {
    let object = Custom::with(world, json!({})).await;
    let long = "x".repeat(65);
    for name in ["_own", "id", "type", "a b", "2nd", "größe", &long] {
        let answer = object.add_fields(json!({ name: text() })).await;
        answer.refused_at(422, &format!("/data/attributes/{name}"));
    }
    let path = "/schemas/c_there_is_no_such_object/properties";
    let data = json!({ "type": "schema-properties", "attributes": { "a": text() } });
    world.post(path, json!({ "data": data })).await.refused(404);
    object.delete().await;
}

async fn order(object: &Custom<'_>) -> Vec<String> {
    let schema = object.schema().await;
    let properties = schema["properties"].as_object().expect("properties are an object");
    let mut ranked: Vec<_> = properties
        .iter()
        .map(|(name, property)| {
            (property["xClarifyPresentation"]["rank"].as_i64(), name.to_owned())
        })
        .collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, name)| name).collect()
}

pub async fn a_schema_sets_order_and_visibility(world: &World) {
    let object = Custom::with(world, json!({ "a": text(), "b": text(), "c": text() })).await;
    let ranked = |schema: &mut Value| {
        schema["properties"]["c"]["xClarifyPresentation"] =
            json!({ "rank": -1, "hiddenInDetails": true });
    };
    assert_eq!(object.changed(ranked).await.data(200)["type"], "async-task");
    assert_eq!(order(&object).await, ["c", "a", "b"]);
    assert_eq!(object.property("c").await["xClarifyPresentation"]["hiddenInDetails"], true);
    object.delete().await;
}

pub async fn order_and_visibility_have_calls_of_their_own(world: &World) {
    let object = Custom::with(world, json!({ "a": text(), "b": text(), "c": text() })).await;
    let send = async |what: &str, of_type: &str, attributes: Value| -> Answer {
        let body = json!({ "data": { "type": of_type, "attributes": attributes } });
        world.patch(&format!("/schemas/{}/{what}", object.name), body).await
    };
    let set_order = async |names: Value| -> Answer {
        send("fields-order", "schema-property-order", json!({ "order": names })).await
    };
    let hide = async |fields: Value| -> Answer {
        let attributes = json!({ "hiddenInDetails": fields });
        send("fields-visibility", "schema-property-visibility", attributes).await
    };
    assert_eq!(set_order(json!(["c", "a", "b"])).await.document(202), json!({}));
    assert_eq!(order(&object).await, ["c", "a", "b"]);
    let wrong = set_order(json!(["c", "x", "c"])).await.refused(422);
    let pointers: Vec<_> = wrong.iter().filter_map(|problem| problem.pointer.as_deref()).collect();
    assert_eq!(pointers, ["/data/attributes/order/1", "/data/attributes/order/2"]);
    assert_eq!(hide(json!({ "a": true, "b": false })).await.document(202), json!({}));
    let is_hidden = async |name| object.property(name).await["xClarifyPresentation"].take();
    assert_eq!(is_hidden("a").await["hiddenInDetails"], true);
    hide(json!({ "a": false })).await.document(202);
    assert!(is_hidden("a").await.get("hiddenInDetails").is_none());
    hide(json!({ "x": true })).await.refused_at(422, "/data/attributes/hiddenInDetails/x");
    object.delete().await;
}

pub async fn the_id_of_a_schema_is_that_of_the_path(world: &World) {
    let object = Custom::with(world, json!({ "note": text() })).await;
    let other = |schema: &mut Value| {
        schema["$id"] = "https://getclarify.ai/schemas/entities/person".into();
    };
    object.changed(other).await.refused_at(422, "/$id");
    object.replace(json!([])).await.refused(422);
    world.put("/schemas/objects/c_there_is_no_such_object", json!({})).await.refused(404);
    object.delete().await;
}

pub async fn a_field_that_is_left_out_goes_with_its_values(world: &World) {
    let object = Custom::with(world, json!({ "note": text(), "size": text() })).await;
    let id = object.created(json!({ "note": "x", "size": "y" })).await;
    let without = |schema: &mut Value| {
        let properties = schema["properties"].as_object_mut().expect("properties");
        properties.remove("note");
        properties.insert("new".to_owned(), text());
    };
    object.changed(without).await.data(200);
    assert_eq!(object.shown(&id).await, json!({ "size": "y" }));
    object.create(json!({ "note": "x" })).await.refused_at(422, "/data/attributes/note");
    object.add_fields(json!({ "note": text() })).await.document(202);
    assert_eq!(object.shown(&id).await, json!({ "size": "y" }), "the old value is no more");
    object.delete().await;
}

pub async fn a_kind_changes_only_where_the_values_fit(world: &World) {
    let properties = json!({ "note": text(), "size": text() });
    let object = Custom::with(world, properties).await;
    let id = object.created(json!({ "note": "Gold", "size": "tall" })).await;
    let to_number = |schema: &mut Value| {
        schema["properties"]["size"] = json!({ "type": ["number", "null"] });
    };
    let problem = object.changed(to_number).await.refused_at(422, "/properties/size");
    assert!(problem.detail.contains(&id), "{problem:?}");
    let to_select = |schema: &mut Value| schema["properties"]["note"] = select(&["Gold"]);
    object.changed(to_select).await.data(200);
    assert_eq!(object.shown(&id).await, json!({ "note": "Gold", "size": "tall" }));
    object.create(json!({ "note": "gold" })).await.refused_at(422, "/data/attributes/note");
    world.delete(&format!("/objects/{}/records/{id}", object.name)).await;
    object.changed(to_number).await.data(200);
    object.create(json!({ "size": 5 })).await.data(201);
    object.delete().await;
}

pub async fn a_field_is_required_only_where_every_record_has_it(world: &World) {
    let object = Custom::with(world, json!({ "note": text() })).await;
    object.created(json!({ "note": "x" })).await;
    let id = object.created(json!({})).await;
    let required = |schema: &mut Value| schema["required"] = json!(["note"]);
    let problem = object.changed(required).await.refused_at(422, "/properties/note");
    assert!(problem.detail.contains(&id), "{problem:?}");
    world.update_in_bulk(&object.name, &id, json!({ "note": "y" })).await.data(200);
    object.changed(required).await.data(200);
    object.create(json!({})).await.refused_at(422, "/data/attributes/note");
    object.delete().await;
}

pub async fn what_every_workspace_has_stays(world: &World) {
    let person = super::custom::schema(world, "person").await.expect("there are people");
    let put = async |change: &dyn Fn(&mut Value)| -> Answer {
        let mut schema = person.clone();
        change(&mut schema);
        world.put("/schemas/objects/person", schema).await
    };
    let without = |schema: &mut Value| {
        schema["properties"].as_object_mut().expect("properties").remove("linkedin");
    };
    put(&without).await.refused_at(422, "/properties/linkedin");
    let number = |schema: &mut Value| schema["properties"]["linkedin"]["type"] = json!(["number"]);
    put(&number).await.refused_at(422, "/properties/linkedin");
    let unique = |schema: &mut Value| schema["properties"]["title"]["xClarifyUnique"] = true.into();
    let problems = put(&unique).await.refused(422);
    assert!(
        problems.iter().all(|p| p.pointer.as_deref() == Some("/properties/title/xClarifyUnique"))
    );
    put(&|_| {}).await.data(200);
    assert_eq!(super::custom::schema(world, "person").await, Some(person));
}

pub async fn a_unique_field_is_enforced_from_its_declaration_on(world: &World) {
    let object = Custom::with(world, json!({ "note": text() })).await;
    let first = object.created(json!({ "note": "x" })).await;
    object.add_fields(json!({ "number": unique() })).await.document(202);
    object.created(json!({ "number": "1" })).await;
    let update = world.update_in_bulk(&object.name, &first, json!({ "number": "1" })).await;
    update.refused_at(400, "/data/0/attributes/number");
    let second = json!({ "code": unique() });
    object.add_fields(second).await.refused_at(422, "/data/attributes/code");
    object.delete().await;
}

pub async fn values_that_are_there_are_unique_from_then_on(world: &World) {
    let object = Custom::with(world, json!({ "number": text() })).await;
    let first = object.created(json!({ "number": "1" })).await;
    let second = object.created(json!({ "number": "2" })).await;
    object.created(json!({})).await;
    object.created(json!({})).await;
    let declare = |schema: &mut Value| schema["properties"]["number"] = unique();
    object.changed(declare).await.data(200);
    let update = world.update_in_bulk(&object.name, &second, json!({ "number": "1" })).await;
    let problem = update.refused_at(400, "/data/0/attributes/number");
    assert!(problem.detail.contains(&first), "{problem:?}");
    object.delete().await;
}

pub async fn records_that_collide_are_named_and_nothing_is_declared(world: &World) {
    let object = Custom::with(world, json!({ "number": text() })).await;
    let mut ids = Vec::new();
    for number in ["1", "2", "1", "2", "3"] {
        ids.push(object.created(json!({ "number": number })).await);
    }
    let declare = |schema: &mut Value| schema["properties"]["number"] = unique();
    let problems = object.changed(declare).await.refused(400);
    for (problem, (value, colliding)) in problems.iter().zip([("`1`", [0, 2]), ("`2`", [1, 3])]) {
        assert_eq!(problem.pointer.as_deref(), Some("/properties/number"));
        assert!(problem.detail.contains(value), "{problem:?}");
        assert!(colliding.iter().all(|index| problem.detail.contains(&ids[*index])), "{problem:?}");
    }
    assert_eq!(problems.len(), 2);
    assert!(object.property("number").await.get("xClarifyUnique").is_none());
    object.created(json!({ "number": "1" })).await;
    object.delete().await;
}

pub async fn what_is_no_longer_unique_may_be_repeated(world: &World) {
    let object = Custom::with(world, json!({ "number": unique(), "code": text() })).await;
    let attributes = json!({ "number": "1", "code": "a" });
    object.created(attributes.clone()).await;
    let other = |schema: &mut Value| {
        schema["properties"]["number"] = text();
        schema["properties"]["code"] = unique();
    };
    object.changed(other).await.data(200);
    object.created(json!({ "number": "1", "code": "b" })).await;
    let id = object.created(json!({ "number": "1", "code": "c" })).await;
    let update = world.update_in_bulk(&object.name, &id, json!({ "code": "a" })).await;
    update.refused_at(400, "/data/0/attributes/code");
    object.delete().await;
}

pub async fn options_that_are_left_out_are_cleared(world: &World) {
    let properties = json!({ "tier": select(&["A", "B"]), "marks": multi_select(&["A", "B"]) });
    let object = Custom::with(world, properties).await;
    let id = object.created(json!({ "tier": "B", "marks": { "items": ["A", "B"] } })).await;
    let without = |schema: &mut Value| {
        schema["properties"]["tier"] = select(&["A"]);
        schema["properties"]["marks"] = multi_select(&["A"]);
    };
    object.changed(without).await.data(200);
    assert_eq!(object.shown(&id).await, json!({ "marks": { "items": ["A"] } }));
    object.delete().await;
}
