//! Custom objects: made, shown and deleted.

use serde_json::{Value, json};

use super::custom::{Custom, name, schema, select, text};
use crate::World;

pub async fn an_object_is_shown_as_its_json_schema(world: &World) {
    let person = schema(world, "person").await.expect("there are people");
    let id = "https://getclarify.ai/schemas/entities/person";
    assert_eq!(person["$schema"], "https://json-schema.org/draft/2020-12/clarify");
    assert_eq!((&person["$id"], &person["type"]), (&json!(id), &json!("object")));
    assert_eq!(person["xClarifyNamespace"], "objects");
    assert_eq!(person["xClarifyLabel"], json!({ "singular": "Person", "plural": "People" }));
    let emails = &person["properties"]["email_addresses"];
    assert_eq!(emails["xClarifyUnique"], true);
    let shape = json!({ "$ref": "https://getclarify.ai/schemas/core/collectionOfStrings" });
    assert_eq!(emails["oneOf"], json!([shape, { "type": "null" }]));
    assert_eq!(person["properties"]["name"]["xClarifyPrimary"], true);
    assert!(person["properties"]["title"]["xClarifyPresentation"]["rank"].is_u64());
}

pub async fn an_option_has_an_id_that_stays(world: &World) {
    let object = Custom::with(world, json!({ "tier": select(&["Gold", "On hold"]) })).await;
    let before = object.property("tier").await["xClarifyEnumMetadata"].take();
    assert!(before["Gold"]["id"].is_string() && before["Gold"]["color"].is_string());
    assert_eq!(before["On hold"]["rank"], 1);
    object.edit_options("tier", None, &["New", "On hold", "Gold"]).await.data(200);
    let after = object.property("tier").await["xClarifyEnumMetadata"].take();
    assert_eq!(after["Gold"]["id"], before["Gold"]["id"]);
    assert_eq!(after["Gold"]["rank"], 2);
    object.delete().await;
}

pub async fn a_label_makes_the_name_of_an_object(world: &World) {
    let label = world.unique("An O");
    let body = json!({ "name": label, "plural": "Orders", "description": "What was sold." });
    let schema = world.post("/schemas/objects", body).await.data(201);
    let made = name(&schema);
    assert_eq!(made, format!("c_{}", label.to_lowercase().replace([' ', '-'], "_")));
    assert_eq!(schema["type"], "schema");
    let attributes = &schema["attributes"];
    assert_eq!(attributes["$id"], schema["id"]);
    assert_eq!(attributes["xClarifyLabel"], json!({ "singular": label, "plural": "Orders" }));
    assert_eq!(attributes["xClarifyAIDescription"], "What was sold.");
    assert_eq!(super::custom::schema(world, &made).await.as_ref(), Some(attributes));
    world.delete(&format!("/schemas/objects/{made}")).await.data(200);
}

pub async fn a_label_that_makes_no_name_is_400(world: &World) {
    for label in ["!", "2nd", "größe", "_"] {
        let body = json!({ "name": label, "plural": "x" });
        let problem = world.post("/schemas/objects", body).await.refused_at(400, "/name");
        assert!(problem.detail.contains("Invalid name format"), "{problem:?}");
    }
}

pub async fn names_have_their_limits(world: &World) {
    let long = "x".repeat(33);
    let body = json!({ "name": long, "description": "x".repeat(257) });
    let problems = world.post("/schemas/objects", body).await.refused(422);
    let pointers: Vec<_> = problems.iter().filter_map(|p| p.pointer.as_deref()).collect();
    assert_eq!(pointers, ["/name", "/plural", "/description"]);
}

pub async fn an_object_that_exists_is_422(world: &World) {
    let object = Custom::with(world, json!({})).await;
    let name = object.name.trim_start_matches("c_");
    for label in [name, &name.replace('_', " "), &name.to_uppercase()] {
        let body = json!({ "name": label, "plural": "x" });
        let problem = world.post("/schemas/objects", body).await.problem(422);
        assert_eq!(problem.detail, "Object already exists");
    }
    object.delete().await;
}

pub async fn a_new_object_holds_records_at_once(world: &World) {
    let object = Custom::with(world, json!({ "note": text() })).await;
    let id = object.created(json!({ "note": "x" })).await;
    assert_eq!(object.shown(&id).await, json!({ "note": "x" }));
    object.delete().await;
}

pub async fn every_bad_field_of_a_new_object_is_named(world: &World) {
    let twice = json!({ "type": ["string", "null"], "enum": ["a", "a"] });
    let date = json!({ "type": ["date", "null"], "xClarifyUnique": true });
    let properties = json!({
        "_own": text(), "id": text(), "a/b": text(), "2nd": text(), "twice": twice, "day": date,
    });
    let body = |properties: &Value| json!({ "name": world.unique("bad"), "plural": "x", "properties": properties });
    let problem = world.post("/schemas/objects", body(&properties)).await;
    problem.refused_at(422, "/properties/_own");
    let mut others = properties;
    others.as_object_mut().expect("properties").remove("_own");
    let answer = world.post("/schemas/objects", body(&others)).await;
    let mut pointers: Vec<_> = answer.refused(422).into_iter().filter_map(|p| p.pointer).collect();
    pointers.sort_unstable();
    let expected = ["2nd", "a~1b", "day", "id", "twice"].map(|name| format!("/properties/{name}"));
    assert_eq!(pointers, expected);
    let answer = world.post("/schemas/objects", body(&json!([]))).await;
    answer.refused_at(422, "/properties");
}

pub async fn a_deleted_object_is_gone_with_its_records(world: &World) {
    let object = Custom::with(world, json!({ "number": super::custom::unique() })).await;
    let id = object.created(json!({ "number": "1" })).await;
    let name = object.name.clone();
    let task = world.delete(&format!("/schemas/objects/{name}")).await.data(200);
    assert_eq!((&task["type"], task["id"].is_string()), (&json!("async-task"), true));
    let attributes = &task["attributes"];
    assert_eq!(attributes["type"], "schema_modification");
    assert_eq!(attributes["metadata"], json!({ "entity": name }));
    assert!(attributes["completed_at"].is_string() && attributes["failed_at"].is_null());
    assert!(schema(world, &name).await.is_none());
    world.get(&format!("/objects/{name}/records/{id}")).await.refused(404);
    world.list(&name, "").await.refused(404);
    world.delete(&format!("/schemas/objects/{name}")).await.refused(404);

    let properties = json!({ "number": super::custom::unique() });
    let label = name.trim_start_matches("c_");
    let body = json!({ "name": label, "plural": "x", "properties": properties });
    assert_eq!(super::custom::name(&world.post("/schemas/objects", body).await.data(201)), name);
    assert!(!world.exists(&name, &id).await, "the new object is another one");
    assert_eq!(world.list(&name, "").await.document(200)["meta"]["total_records"], 0);
    assert_ne!(world.created(&name, json!({ "number": "1" })).await, id);
    world.delete(&format!("/schemas/objects/{name}")).await.data(200);
}

pub async fn a_built_in_can_not_be_deleted(world: &World) {
    for name in ["person", "company", "deal", "meeting", "task"] {
        let problem = world.delete(&format!("/schemas/objects/{name}")).await.problem(422);
        assert_eq!(problem.detail, "Cannot delete this object");
    }
}

pub async fn fields_that_link_to_a_deleted_object_go_with_it(world: &World) {
    let target = Custom::with(world, json!({})).await;
    let link = json!({
        "type": ["string", "null"],
        "xClarifyRelationship": { "kind": "many-to-one", "entity": target.name },
    });
    let properties = json!({ "target_id": link, "note": text() });
    let object = Custom::with(world, properties).await;
    let record = target.created(json!({})).await;
    let id = object.created(json!({ "target_id": record, "note": "x" })).await;
    target.delete().await;
    assert!(object.property("target_id").await.is_null());
    assert_eq!(object.shown(&id).await, json!({ "note": "x" }));
    object.delete().await;
}

pub async fn every_kind_of_field_has_its_form(world: &World) {
    let core = |name: &str| {
        let shape = format!("https://getclarify.ai/schemas/core/{name}");
        json!([{ "$ref": shape }, { "type": "null" }])
    };
    let types = [
        ("person", "title", json!(["string", "null"])),
        ("company", "employee_count", json!(["number", "null"])),
        ("meeting", "all_day", json!("boolean")),
        ("task", "due_date", json!(["date", "null"])),
        ("person", "company_id", json!(["string", "null"])),
        ("task", "status", json!(["string", "null"])),
    ];
    let property = async |object: &str, field: &str| {
        let mut shown = schema(world, object).await.expect("a built-in object");
        shown["properties"][field].take()
    };
    for (object, field, expected) in types {
        assert_eq!(property(object, field).await["type"], expected, "{object}.{field}");
    }
    assert_eq!(property("person", "name").await["oneOf"], core("personName"));
    let options = json!(["To Do", "In Progress", "Done", "Canceled"]);
    assert_eq!(property("task", "status").await["enum"], options);
    let to_one = json!({ "kind": "many-to-one", "entity": "company", "field": "people" });
    assert_eq!(property("person", "company_id").await["xClarifyRelationship"], to_one);
    let people = property("company", "people").await;
    let to_many = json!({ "kind": "one-to-many", "entity": "person", "field": "company_id" });
    assert_eq!(people["xClarifyRelationship"], to_many);
    assert_eq!(people["oneOf"], core("collectionOfIds"));
    let deals = property("person", "deals").await;
    assert_eq!(deals["xClarifyRelationship"]["kind"], "many-to-many");
}

pub async fn schemas_come_by_a_cursor(world: &World) {
    let (mut names, mut path) = (Vec::new(), "/schemas?page[limit]=3".to_owned());
    loop {
        let page = world.get(&path).await.document(200);
        let schemas = page["data"].as_array().expect("`data` is a list");
        assert!(!schemas.is_empty(), "a cursor leads to something");
        names.extend(schemas.iter().map(name));
        let links = page["links"].as_object().expect("`links` is there");
        let Some(next) = links.get("next").and_then(Value::as_str) else { break };
        path = next.strip_prefix(world.base()).expect("an absolute URL").to_owned();
    }
    for built_in in ["person", "company", "deal", "meeting", "task", "c_product"] {
        assert_eq!(names.iter().filter(|name| *name == built_in).count(), 1, "{built_in}");
    }
}

pub async fn an_icon_is_accepted_and_not_kept(world: &World) {
    let label = world.unique("case");
    let body = json!({ "name": label, "plural": label, "icon": "Box", "backgroundColor": "blue" });
    let made = world.post("/schemas/objects", body).await.data(201);
    assert!(made["attributes"].get("xClarifyPresentation").is_none(), "{made}");
    world.delete(&format!("/schemas/objects/{}", name(&made))).await.data(200);
}

pub async fn a_prompt_is_accepted_and_not_kept(world: &World) {
    let mut field = text();
    field["xClarifyAIField"] =
        json!({ "prompt": [], "isInternetSearchEnabled": false, "model": "fast" });
    let object = Custom::with(world, json!({ "note": field })).await;
    assert!(object.property("note").await.get("xClarifyAIField").is_none());
    let id = object.created(json!({})).await;
    assert_eq!(object.shown(&id).await, json!({}));
    object.delete().await;
}
