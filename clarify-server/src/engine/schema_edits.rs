//! Changes to the workspace's schemas.

use std::sync::Arc;

use clarify_schema::{Object, custom_object_name, read_schema};
use serde_json::{Map, Value, json};

use super::schemas::resource;
use super::{Engine, Fault, Refusal, Served};

/// The longest name and plural of an object, in characters.
const LONGEST_NAME: usize = 32;

/// The longest description of an object, in characters.
const LONGEST_DESCRIPTION: usize = 256;

impl Engine {
    /// Makes a custom object, and shows its schema.
    pub(crate) async fn create_object(self: &Arc<Self>, body: &[u8]) -> Result<String, Refusal> {
        let object = read_object(body)?;
        let engine = Arc::clone(self);
        let create = move || {
            engine.objects.edit(&engine.store, &engine.workspace, |objects| {
                match objects.find(&object.name) {
                    Some(_) => Err(Fault::new(422, "Object already exists").into()),
                    None => Ok(object),
                }
            })
        };
        Ok(resource(&*run(create).await?).to_string())
    }

    /// Adds fields to an object.
    pub(crate) async fn add_fields(
        self: &Arc<Self>,
        served: Arc<Served>,
        body: &[u8],
    ) -> Result<(), Refusal> {
        let properties = read_properties(body)?;
        let engine = Arc::clone(self);
        let add = move || {
            engine.objects.edit(&engine.store, &engine.workspace, |objects| {
                // What the object has by the time of the edit counts.
                let known = objects.find(&served.object.name).unwrap_or(served);
                with_fields(&known.object, properties)
            })
        };
        run(add).await.map(drop)
    }
}

/// An edit waits for the store, so it has a thread of its own.
async fn run<T: Send + 'static>(
    edit: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let edited = tokio::task::spawn_blocking(edit).await;
    edited.unwrap_or_else(|_| Err(Fault::new(500, "the schema could not be changed").into()))
}

fn read(body: &[u8]) -> Result<Value, Fault> {
    serde_json::from_slice(body)
        .map_err(|error| Fault::new(400, format!("the body is not JSON: {error}")))
}

/// `{name, plural, description?, properties?}`.
fn read_object(body: &[u8]) -> Result<Object, Refusal> {
    let body = read(body)?;
    let texts = [
        text(&body, "name", LONGEST_NAME).map(Some),
        text(&body, "plural", LONGEST_NAME).map(Some),
        optional_text(&body, "description"),
    ];
    let faults: Vec<_> = texts.iter().filter_map(|text| text.as_ref().err().cloned()).collect();
    let [Ok(Some(name)), Ok(plural), Ok(description)] = texts else { return Err(faults.into()) };
    let slug = custom_object_name(name)
        .map_err(|error| Fault::new(400, format!("Invalid name format: {error}")).at("/name"))?;
    let document = json!({
        "$id": slug,
        "description": description,
        "properties": body.get("properties").unwrap_or(&json!({})),
        "required": body.get("required").unwrap_or(&json!([])),
        "xClarifyLabel": { "singular": name, "plural": plural },
    });
    Ok(object(&document)?)
}

fn text<'b>(body: &'b Value, name: &str, longest: usize) -> Result<&'b str, Fault> {
    let text = body.get(name).and_then(Value::as_str).unwrap_or_default();
    if (1..=longest).contains(&text.chars().count()) {
        return Ok(text);
    }
    let detail = format!("`{name}` is a text of 1 to {longest} characters");
    Err(Fault::invalid(format!("/{name}"), detail))
}

fn optional_text<'b>(body: &'b Value, name: &str) -> Result<Option<&'b str>, Fault> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.is_empty() => Ok(None),
        Some(_) => text(body, name, LONGEST_DESCRIPTION).map(Some),
    }
}

fn object(document: &Value) -> Result<Object, Fault> {
    read_schema(document).map_err(|error| Fault::invalid(error.pointer(), error.detail()))
}

/// `{data: {type, attributes: {<field>: {...}}}}`.
fn read_properties(body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    let body = read(body)?;
    if body.pointer("/data/type").and_then(Value::as_str) != Some("schema-properties") {
        return Err(Fault::invalid("/data/type", "expected `schema-properties`").into());
    }
    match body.pointer("/data/attributes") {
        Some(Value::Object(properties)) if !properties.is_empty() => {
            let faults: Vec<_> = properties.iter().filter_map(not_nullable).collect();
            if faults.is_empty() { Ok(properties.clone()) } else { Err(faults.into()) }
        }
        _ => Err(Fault::invalid("/data/attributes", "expected one field at least").into()),
    }
}

/// Records that are there do not have the field, so its type has room for no value.
fn not_nullable((name, property): (&String, &Value)) -> Option<Fault> {
    let types = property.get("type")?;
    let is_nullable = types == "boolean"
        || types.as_array().is_some_and(|types| types.iter().any(|name| name == "null"));
    let detail = "every type but `boolean` is a list with `\"null\"` in it";
    (!is_nullable).then(|| Fault::invalid(format!("/data/attributes/{name}/type"), detail))
}

fn with_fields(known: &Object, properties: Map<String, Value>) -> Result<Object, Refusal> {
    let exists = |name: &&String| known.field(name).is_some();
    let faults = properties.keys().filter(exists).map(|name| {
        let detail = format!("`{}` has a field `{name}`", known.name);
        Fault::invalid(format!("/data/attributes/{name}"), detail)
    });
    let faults: Vec<_> = faults.collect();
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let added = object(&json!({ "$id": known.name, "properties": properties }))?;
    let mut all = known.clone();
    all.fields.to_mut().extend(added.fields.iter().cloned());
    Ok(all)
}
