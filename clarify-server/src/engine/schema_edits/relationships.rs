//! Relationships that are added and removed, both sides at once.

use std::sync::Arc;

use clarify_schema::{Field, Kind};
use serde_json::{Value, json};

use super::document::{Members, below, read_attributes, read_object};
use super::{links, task};
use crate::engine::edit::Edit;
use crate::engine::{Engine, Fault, Refusal, Served, no_such_object};

const PLACE: &str = "/data/attributes";

/// What the schema of a to-many side refers to.
const IDS: &str = "https://getclarify.ai/schemas/core/collectionOfIds";

/// One side of a relationship: a field and its object.
#[derive(Clone)]
struct Side {
    object: String,
    field: Field,
}

impl Side {
    fn place(&self) -> String {
        below(&below(PLACE, &self.object), &self.field.name)
    }

    /// Whether this is the side that `other` names.
    fn is_named_by(&self, other: &Self) -> bool {
        other.field.target.as_deref() == Some(&*self.object)
            && other.field.inverse.as_deref() == Some(&*self.field.name)
    }
}

impl Engine {
    /// Adds relationships of an object, each with both its sides.
    pub(crate) async fn add_relationships(
        &self,
        served: Arc<Served>,
        body: &[u8],
    ) -> Result<(), Refusal> {
        let sides = read_sides(&read_attributes(body, "relationship")?)?;
        if !sides.iter().any(|side| side.object == served.object.name) {
            let detail =
                format!("there is no side of `{}`, the object in the path", served.object.name);
            return Err(Fault::invalid(PLACE, detail).into());
        }
        self.edit(move |edit| add(edit, &served, sides)).await
    }

    /// Removes a relationship of an object, both its sides with all links. What is not there is
    /// removed already.
    pub(crate) async fn remove_relationship(
        &self,
        served: Arc<Served>,
        field: String,
    ) -> Result<String, Refusal> {
        let name = served.object.name.to_string();
        self.edit(move |edit| remove(edit, &served, &field)).await?;
        Ok(task(&name, self.store.clock().now()))
    }
}

fn add(edit: &mut Edit<'_, '_>, served: &Served, sides: Vec<Side>) -> Result<(), Refusal> {
    edit.object(served)?;
    let faults: Vec<_> = sides.iter().filter_map(|side| not_new(edit, side)).collect();
    if !faults.is_empty() {
        return Err(faults.into());
    }
    for Side { object, field } in sides {
        let Some(known) = edit.find(&object) else { continue };
        let mut with_side = known.object.clone();
        with_side.fields.to_mut().push(field);
        edit.put(with_side, &|field| below(&below(PLACE, &object), field))?;
    }
    Ok(())
}

fn not_new(edit: &Edit<'_, '_>, side: &Side) -> Option<Fault> {
    let (object, name) = (&*side.object, &*side.field.name);
    let Some(known) = edit.find(object) else {
        return Some(no_such_object(object).at(below(PLACE, object)));
    };
    known.object.field(name)?;
    Some(Fault::invalid(side.place(), format!("`{object}` has a field `{name}`")))
}

fn remove(edit: &mut Edit<'_, '_>, served: &Served, name: &str) -> Result<(), Refusal> {
    let known = edit.object(served)?;
    let Some(field) = known.object.field(name) else { return Ok(()) };
    if !links::is_link(field) {
        return Err(Fault::new(422, format!("`{name}` is no relationship")).into());
    }
    let at = |_: &str| String::new();
    if let Some((other, side)) = links::other_side(edit, &known.object, field) {
        links::remove(edit, &other.object.name, |field| field.name == side, &at)?;
    }
    links::remove(edit, &known.object.name, |field| field.name == name, &at)
}

/// `{<object>: {<field>: {...}}, <other>: {<field>: {...}}}`. Every mistake is found.
fn read_sides(objects: &Members) -> Result<Vec<Side>, Refusal> {
    let mut faults = Vec::new();
    let mut sides = Vec::new();
    for (object, properties) in objects {
        match properties.as_object() {
            Some(properties) if !properties.is_empty() => {
                for (name, property) in properties {
                    match read_side(object, name, property) {
                        Ok(side) => sides.push(side),
                        Err(found) => faults.extend(found),
                    }
                }
            }
            _ => faults.push(Fault::invalid(below(PLACE, object), "expected one field at least")),
        }
    }
    // Of sides that can't be read nothing is known that the others could be held against.
    if faults.is_empty() {
        faults.extend(sides.iter().filter_map(|side| not_paired(side, &sides)));
    }
    if faults.is_empty() { Ok(sides) } else { Err(faults.into()) }
}

fn read_side(object: &str, name: &str, property: &Value) -> Result<Side, Vec<Fault>> {
    let place = below(&below(PLACE, object), name);
    let text = |pointer| property.pointer(pointer).and_then(Value::as_str);
    let mut faults = Vec::new();
    let mut invalid = |at: &str, detail: &str| {
        faults.push(Fault::invalid(format!("{place}{at}"), detail));
    };
    for at in ["/title", "/xClarifyRelationship/entity", "/xClarifyRelationship/field"] {
        if text(at).is_none_or(str::is_empty) {
            invalid(at, "expected a text");
        }
    }
    match text("/xClarifyRelationship/kind") {
        Some("many-to-one") if property.get("type") != Some(&json!(["string", "null"])) => {
            invalid("/type", "a link to one record is of type [\"string\", \"null\"]");
        }
        Some("one-to-many" | "many-to-many")
            if property.get("oneOf") != Some(&json!([{ "$ref": IDS }, { "type": "null" }])) =>
        {
            let detail = format!("expected [{{\"$ref\": \"{IDS}\"}}, {{\"type\": \"null\"}}]");
            invalid("/oneOf", &detail);
        }
        Some("many-to-one" | "one-to-many" | "many-to-many") => {}
        _ => invalid(
            "/xClarifyRelationship/kind",
            "expected `many-to-one`, `one-to-many` or `many-to-many`",
        ),
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let field =
        read_field(name, property).map_err(|detail| vec![Fault::invalid(&place, detail)])?;
    Ok(Side { object: object.to_owned(), field })
}

/// The field, as a schema of its own would have it. A link is never required or unique.
fn read_field(name: &str, property: &Value) -> Result<Field, String> {
    let properties = Members::from_iter([(name.to_owned(), property.clone())]);
    let schema = json!({ "$id": "c_side", "properties": properties });
    let object = read_object(&schema, &properties).map_err(|fault| fault.detail)?;
    let field = object.fields.into_owned().pop();
    let mut field =
        field.ok_or_else(|| format!("field `{name}`: the API keeps this name for itself"))?;
    field.unique = false;
    Ok(field)
}

fn not_paired(side: &Side, sides: &[Side]) -> Option<Fault> {
    let at = |key: &str| format!("{}/xClarifyRelationship/{key}", side.place());
    let (entity, field) = (side.field.target.as_deref()?, side.field.inverse.as_deref()?);
    if entity == side.object && field == side.field.name {
        return Some(Fault::invalid(at("field"), "a relationship has two sides"));
    }
    let Some(other) = sides.iter().find(|other| other.is_named_by(side)) else {
        let detail = format!("the other side, `{field}` of `{entity}`, is not there");
        return Some(Fault::invalid(at("field"), detail));
    };
    if !side.is_named_by(other) {
        let detail = format!("`{field}` of `{entity}` does not name this side");
        return Some(Fault::invalid(at("field"), detail));
    }
    let (this, that) = (kind(&side.field), kind(&other.field));
    let fits =
        (this == MANY_TO_MANY) == (that == MANY_TO_MANY) && (this != that || this == MANY_TO_MANY);
    let detail = || format!("{this} does not go together with {that}, of `{field}` of `{entity}`");
    (!fits).then(|| Fault::invalid(at("kind"), detail()))
}

const MANY_TO_MANY: &str = "many-to-many";

fn kind(field: &Field) -> &'static str {
    match field.kind {
        Kind::ToOne => "many-to-one",
        _ if field.many_to_many => MANY_TO_MANY,
        _ => "one-to-many",
    }
}
