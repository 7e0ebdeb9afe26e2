//! A custom object of a case's own.

use serde_json::{Value, json};

use crate::{Answer, World, written};

/// A custom object that no other case knows. A case deletes it at its end.
pub(super) struct Custom<'w> {
    world: &'w World,
    /// Its name.
    pub(super) name: String,
}

impl<'w> Custom<'w> {
    /// An object with these fields.
    pub(super) async fn with(world: &'w World, properties: Value) -> Self {
        let label = world.unique("case");
        let body = json!({ "name": label, "plural": label, "properties": properties });
        let schema = world.post("/schemas/objects", body).await.data(201);
        Self { world, name: name(&schema) }
    }

    pub(super) async fn delete(self) {
        let task = self.world.delete(&format!("/schemas/objects/{}", self.name)).await.data(200);
        assert_eq!(task["type"], "async-task");
    }

    /// Its JSON Schema.
    pub(super) async fn schema(&self) -> Value {
        schema(self.world, &self.name).await.expect("the object is shown")
    }

    pub(super) async fn property(&self, field: &str) -> Value {
        self.schema().await["properties"][field].take()
    }

    /// Puts a schema in the place of the one it has.
    pub(super) async fn replace(&self, schema: Value) -> Answer {
        self.world.put(&format!("/schemas/objects/{}", self.name), schema).await
    }

    /// Replaces its schema by what it has become in `change`.
    pub(super) async fn changed(&self, change: impl FnOnce(&mut Value)) -> Answer {
        let mut schema = self.schema().await;
        change(&mut schema);
        self.replace(schema).await
    }

    pub(super) async fn add_fields(&self, properties: Value) -> Answer {
        let data = json!({ "type": "schema-properties", "attributes": properties });
        let path = format!("/schemas/{}/properties", self.name);
        self.world.post(&path, json!({ "data": data })).await
    }

    /// One entry of a `PATCH /schemas` that is about one select.
    pub(super) fn options(&self, field: &str, manner: Option<&str>, options: &[&str]) -> Value {
        let mut entry = json!({
            "type": "schema-properties",
            "id": format!("https://getclarify.ai/schemas/entities/{}", self.name),
            "attributes": { field: { "enum": options } },
        });
        if let Some(manner) = manner {
            entry["meta"] = json!({ field: { "enum": manner } });
        }
        entry
    }

    pub(super) async fn edit_options(
        &self,
        field: &str,
        manner: Option<&str>,
        options: &[&str],
    ) -> Answer {
        let entry = self.options(field, manner, options);
        self.world.patch("/schemas", json!({ "data": [entry] })).await
    }

    /// Creates a record, and gives its id.
    pub(super) async fn created(&self, attributes: Value) -> String {
        self.world.created(&self.name, attributes).await
    }

    /// What a create answers.
    pub(super) async fn create(&self, attributes: Value) -> Answer {
        let body = json!({ "data": { "type": self.name, "attributes": attributes } });
        self.world.post(&format!("/objects/{}/records", self.name), body).await
    }

    /// What was written of a record.
    pub(super) async fn shown(&self, id: &str) -> Value {
        written(self.world.attributes(&self.name, id).await)
    }
}

/// The name of the object that a schema is of.
pub(super) fn name(schema: &Value) -> String {
    let id = schema["id"].as_str().expect("a schema has an id");
    id.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The JSON Schema of an object, on whichever page it is.
pub(super) async fn schema(world: &World, object: &str) -> Option<Value> {
    let mut path = "/schemas".to_owned();
    loop {
        let mut page = world.get(&path).await.document(200);
        let schemas = page["data"].as_array_mut().expect("`data` is a list");
        if let Some(schema) = schemas.iter_mut().find(|schema| name(schema) == object) {
            return Some(schema["attributes"].take());
        }
        let (_, query) = page["links"]["next"].as_str()?.split_once('?')?;
        path = format!("/schemas?{query}");
    }
}

/// A text field.
pub(super) fn text() -> Value {
    json!({ "type": ["string", "null"] })
}

/// A select.
pub(super) fn select(options: &[&str]) -> Value {
    json!({ "type": ["string", "null"], "enum": options })
}

/// A multi select.
pub(super) fn multi_select(options: &[&str]) -> Value {
    let items = json!({ "type": "array", "items": { "type": "string", "enum": options } });
    json!({ "type": ["object", "null"], "properties": { "items": items } })
}

/// A text field that is unique.
pub(super) fn unique() -> Value {
    json!({ "type": ["string", "null"], "xClarifyUnique": true })
}
