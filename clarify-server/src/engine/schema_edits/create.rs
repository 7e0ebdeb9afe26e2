//! New custom objects.

use clarify_schema::{Object, custom_object_name};
use serde_json::{Value, json};

use super::document::{below, members, read, read_object, reserved, unknown};
use super::links;
use crate::engine::edit::Edit;
use crate::engine::schemas::resource;
use crate::engine::{Engine, Fault, Refusal};

/// The longest name and plural of an object, in characters.
pub(crate) const LONGEST_NAME: usize = 32;

/// The longest description of an object, in characters.
pub(crate) const LONGEST_DESCRIPTION: usize = 256;

impl Engine {
    /// Makes a custom object, and shows its schema.
    pub(crate) async fn create_object(&self, body: &[u8]) -> Result<String, Refusal> {
        let object = read_new(body)?;
        let create = move |edit: &mut Edit<'_, '_>| {
            if edit.find(&object.name).is_some() {
                return Err(Fault::new(422, "Object already exists").into());
            }
            let at = |field: &str| below("/properties", field);
            links::check(edit, None, &object, &at)?;
            let made = resource(&object).to_string();
            edit.put(object, &at)?;
            Ok(made)
        };
        self.edit(create).await
    }
}

/// `{name, plural, description?, properties?, required?}`.
fn read_new(body: &[u8]) -> Result<Object, Refusal> {
    let document = read(body)?;
    let mut faults = Vec::new();
    let name = good(text(&document, "name", LONGEST_NAME), &mut faults);
    let slug = name.and_then(|name| good(slug(name), &mut faults));
    let plural = good(text(&document, "plural", LONGEST_NAME), &mut faults);
    let description = good(optional_text(&document, "description"), &mut faults).flatten();
    let properties = members(body, &["properties"]).unwrap_or_default();
    // Where there is no name, there is something to be said of the fields all the same.
    let schema = json!({
        "$id": slug.as_deref().unwrap_or("c_unnamed"),
        "description": description,
        "properties": document.get("properties").unwrap_or(&json!({})),
        "required": document.get("required"),
        "xClarifyLabel": { "singular": name, "plural": plural },
    });
    faults.extend(reserved(&properties, "/properties"));
    faults.extend(unknown(&properties, "/properties"));
    match read_object(&schema, &properties) {
        Ok(object) if faults.is_empty() => return Ok(object),
        Ok(_) => {}
        Err(fault) => faults.push(fault),
    }
    Err(faults.into())
}

fn good<T>(read: Result<T, Fault>, faults: &mut Vec<Fault>) -> Option<T> {
    read.map_err(|fault| faults.push(fault)).ok()
}

fn slug(name: &str) -> Result<String, Fault> {
    custom_object_name(name)
        .map_err(|error| Fault::new(400, format!("Invalid name format: {error}")).at("/name"))
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
