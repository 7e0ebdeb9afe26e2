//! Relationships that are added to schemas and removed from them.

use serde_json::{Value, json};

use super::custom::{Custom, text};
use crate::World;

fn to_one(entity: &str, field: &str) -> Value {
    json!({
        "title": "One",
        "type": ["string", "null"],
        "xClarifyRelationship": { "kind": "many-to-one", "entity": entity, "field": field },
    })
}

fn to_many(kind: &str, entity: &str, field: &str) -> Value {
    let ids = "https://getclarify.ai/schemas/core/collectionOfIds";
    json!({
        "title": "Many",
        "oneOf": [{ "$ref": ids }, { "type": "null" }],
        "xClarifyRelationship": { "kind": kind, "entity": entity, "field": field },
    })
}

fn body(objects: Value) -> Value {
    json!({ "data": { "type": "relationship", "attributes": objects } })
}

fn path(object: &Custom<'_>) -> String {
    format!("/schemas/{}/relationships", object.name)
}

/// What a property says of its relationship.
fn relationship(property: &Value) -> &Value {
    &property["xClarifyRelationship"]
}

pub async fn both_sides_are_added_at_once(world: &World) {
    let (project, step) =
        (Custom::with(world, json!({})).await, Custom::with(world, json!({})).await);
    let steps = to_many("one-to-many", &step.name, "project_id");
    let project_id = to_one(&project.name, "steps");
    let sides = json!({
        project.name.as_str(): { "steps": steps }, step.name.as_str(): { "project_id": project_id },
    });
    assert_eq!(world.post(&path(&project), body(sides)).await.document(202), json!({}));
    let shown = project.property("steps").await;
    assert_eq!(relationship(&shown), relationship(&steps));
    assert_eq!(shown["oneOf"], steps["oneOf"]);
    assert_eq!(shown["title"], "Many");
    let shown = step.property("project_id").await;
    assert_eq!(relationship(&shown), relationship(&project_id));
    let record = project.created(json!({})).await;
    let id = step.created(json!({ "project_id": record })).await;
    assert_eq!(step.shown(&id).await, json!({ "project_id": record }));
    project.delete().await;
    step.delete().await;
}

pub async fn an_object_can_be_related_to_itself(world: &World) {
    let object = Custom::with(world, json!({})).await;
    let name = &*object.name;
    let sides = json!({ name: {
        "parent_id": to_one(name, "children"),
        "children": to_many("one-to-many", name, "parent_id"),
        "friends": to_many("many-to-many", name, "friend_of"),
        "friend_of": to_many("many-to-many", name, "friends"),
    } });
    world.post(&path(&object), body(sides)).await.document(202);
    assert_eq!(relationship(&object.property("friends").await)["kind"], "many-to-many");
    world.delete(&format!("{}/children", path(&object))).await.data(200);
    assert!(object.property("parent_id").await.is_null());
    assert!(!object.property("friend_of").await.is_null());
    object.delete().await;
}

pub async fn both_sides_are_removed_with_the_values(world: &World) {
    let (project, step) =
        (Custom::with(world, json!({})).await, Custom::with(world, json!({})).await);
    let sides = json!({
        project.name.as_str(): { "steps": to_many("one-to-many", &step.name, "project_id") },
        step.name.as_str(): { "project_id": to_one(&project.name, "steps") },
    });
    world.post(&path(&step), body(sides)).await.document(202);
    let record = project.created(json!({})).await;
    let id = step.created(json!({ "project_id": record })).await;
    let remove = format!("{}/steps", path(&project));
    assert_eq!(world.delete(&remove).await.data(200)["type"], "async-task");
    assert!(project.property("steps").await.is_null());
    assert!(step.property("project_id").await.is_null());
    assert_eq!(step.shown(&id).await, json!({}));
    world.delete(&remove).await.data(200);
    project.delete().await;
    step.delete().await;
}

pub async fn a_plain_field_is_no_relationship(world: &World) {
    let object = Custom::with(world, json!({ "note": text() })).await;
    world.delete(&format!("{}/note", path(&object))).await.refused(422);
    assert!(!object.property("note").await.is_null());
    object.delete().await;
}

pub async fn a_relationship_that_is_left_out_goes_on_both_sides(world: &World) {
    let (project, step) =
        (Custom::with(world, json!({})).await, Custom::with(world, json!({})).await);
    let sides = json!({
        project.name.as_str(): { "steps": to_many("many-to-many", &step.name, "projects") },
        step.name.as_str(): { "projects": to_many("many-to-many", &project.name, "steps") },
    });
    world.post(&path(&project), body(sides)).await.document(202);
    let turned = |schema: &mut Value| {
        schema["properties"]["steps"]["xClarifyRelationship"]["kind"] = "one-to-many".into();
    };
    let place = "/properties/steps/xClarifyRelationship";
    project.changed(turned).await.refused_at(422, place);
    let without = |schema: &mut Value| {
        schema["properties"].as_object_mut().expect("properties").remove("steps");
    };
    project.changed(without).await.data(200);
    assert!(step.property("projects").await.is_null());
    project.delete().await;
    step.delete().await;
}

pub async fn sides_that_do_not_name_each_other_are_refused(world: &World) {
    let (a, b) = (Custom::with(world, json!({})).await, Custom::with(world, json!({})).await);
    let refused = async |side: Value, other: Value, pointers: &[String]| {
        let sides = json!({ a.name.as_str(): { "x": side }, b.name.as_str(): { "y": other } });
        let answer = world.post(&path(&a), body(sides)).await;
        let mut found: Vec<_> = answer.refused(422).into_iter().filter_map(|p| p.pointer).collect();
        found.sort_unstable();
        let mut expected = pointers.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected);
    };
    let at_a = |rest: &str| format!("/data/attributes/{}/x{rest}", a.name);
    let at_b = |rest: &str| format!("/data/attributes/{}/y{rest}", b.name);
    let (field, kind) = ("/xClarifyRelationship/field", "/xClarifyRelationship/kind");
    let to_a = || to_one(&a.name, "x");
    let many = |kind| to_many(kind, &b.name, "y");
    refused(to_many("one-to-many", &b.name, "z"), to_a(), &[at_a(field), at_b(field)]).await;
    refused(to_one(&b.name, "y"), to_a(), &[at_a(kind), at_b(kind)]).await;
    refused(many("many-to-many"), to_a(), &[at_a(kind), at_b(kind)]).await;
    refused(many("one-to-one"), to_a(), &[at_a(kind)]).await;
    let mut no_shape = many("one-to-many");
    no_shape["oneOf"] = json!([]);
    no_shape["title"] = Value::Null;
    refused(no_shape, to_a(), &[at_a("/title"), at_a("/oneOf")]).await;
    let mut no_room = to_a();
    no_room["type"] = "string".into();
    refused(many("one-to-many"), no_room, &[at_b("/type")]).await;
    a.delete().await;
    b.delete().await;
}

pub async fn a_side_alone_or_in_the_way_is_refused(world: &World) {
    let object = Custom::with(world, json!({ "note": text() })).await;
    let name = &*object.name;
    let post = async |sides: Value| world.post(&path(&object), body(sides)).await;
    let itself = json!({ name: { "x": to_many("many-to-many", name, "x") } });
    let at = |field: &str| format!("/data/attributes/{name}/{field}");
    post(itself).await.refused_at(422, &format!("{}/xClarifyRelationship/field", at("x")));
    let taken = json!({ name: {
        "note": to_one(name, "notes"), "notes": to_many("one-to-many", name, "note"),
    } });
    post(taken).await.refused_at(422, &at("note"));
    let nobody = json!({
        name: { "x": to_one("c_there_is_no_such_object", "y") },
        "c_there_is_no_such_object": { "y": to_many("one-to-many", name, "x") },
    });
    post(nobody).await.refused_at(404, "/data/attributes/c_there_is_no_such_object");
    let elsewhere = json!({ "person": {
        "boss_id": to_one("person", "staff"), "staff": to_many("one-to-many", "person", "boss_id"),
    } });
    post(elsewhere).await.refused_at(422, "/data/attributes");
    let one_side = json!({ "x": to_many("one-to-many", "person", "y") });
    let answer = object.add_fields(one_side).await;
    answer.refused_at(422, "/data/attributes/x/xClarifyRelationship");
    object.delete().await;
}

pub async fn what_merges_and_prompts_make_of_a_relationship_is_not_kept(world: &World) {
    let (project, step) =
        (Custom::with(world, json!({})).await, Custom::with(world, json!({})).await);
    let mut steps = to_many("one-to-many", &step.name, "project_id");
    steps["xClarifyRelationship"]["mergeable"] = false.into();
    steps["xClarifyRelationship"]["aiFieldTraversable"] = true.into();
    let sides = json!({
        project.name.as_str(): { "steps": steps },
        step.name.as_str(): { "project_id": to_one(&project.name, "steps") },
    });
    world.post(&path(&project), body(sides)).await.document(202);
    let shown = project.property("steps").await;
    let kept = to_many("one-to-many", &step.name, "project_id");
    assert_eq!(relationship(&shown), relationship(&kept));
    project.delete().await;
    step.delete().await;
}
