//! Fields of an object: new ones, their order, and which of them people see.

use std::sync::Arc;

use clarify_schema::{Field, Object};
use serde_json::{Value, json};

use super::document::{Members, below, read_attributes, read_object, reserved, unknown};
use super::links;
use crate::engine::edit::Edit;
use crate::engine::{Engine, Fault, Refusal, Served};

const PLACE: &str = "/data/attributes";

impl Engine {
    /// Adds fields to an object.
    pub(crate) async fn add_fields(&self, served: Arc<Served>, body: &[u8]) -> Result<(), Refusal> {
        let properties = read_attributes(body, "schema-properties")?;
        let fields = read_fields(&served.object.name, &properties)?;
        let add = move |edit: &mut Edit<'_, '_>| {
            let known = edit.object(&served)?;
            let at = |field: &str| below(PLACE, field);
            let exists = fields.iter().filter(|field| known.object.field(&field.name).is_some());
            let faults: Vec<_> = exists.map(|field| already(&known.object, field)).collect();
            if !faults.is_empty() {
                return Err(faults.into());
            }
            let mut object = known.object.clone();
            object.fields.to_mut().extend(fields);
            links::check(edit, Some(&known.object), &object, &at)?;
            edit.put(object, &at)
        };
        self.edit(add).await
    }

    /// Shows the fields of an object in another order.
    pub(crate) async fn order_fields(
        &self,
        served: Arc<Served>,
        body: &[u8],
    ) -> Result<(), Refusal> {
        let attributes = read_attributes(body, "schema-property-order")?;
        let names = read_order(&attributes)?;
        let order = move |edit: &mut Edit<'_, '_>| {
            let mut object = edit.object(&served)?.object.clone();
            check_order(&object, &names)?;
            // Those that are not named come last, in the order that they have.
            let place = |field: &Field| names.iter().position(|name| *name == field.name);
            object.fields.to_mut().sort_by_key(|field| place(field).unwrap_or(usize::MAX));
            edit.put(object, &|_| format!("{PLACE}/order"))
        };
        self.edit(order).await
    }

    /// Shows fields of an object among a record's details, or hides them.
    pub(crate) async fn hide_fields(
        &self,
        served: Arc<Served>,
        body: &[u8],
    ) -> Result<(), Refusal> {
        let attributes = read_attributes(body, "schema-property-visibility")?;
        let hide = move |edit: &mut Edit<'_, '_>| {
            let object = with_hidden(&edit.object(&served)?.object, &attributes)?;
            edit.put(object, &|field| below(&format!("{PLACE}/hiddenInDetails"), field))
        };
        self.edit(hide).await
    }
}

fn read_fields(object: &str, properties: &Members) -> Result<Vec<Field>, Refusal> {
    let mut faults = reserved(properties, PLACE);
    faults.extend(properties.iter().filter_map(not_nullable));
    faults.extend(unknown(properties, PLACE));
    match read_object(&json!({ "$id": object, "properties": properties }), properties) {
        Ok(object) if faults.is_empty() => return Ok(object.fields.into_owned()),
        Ok(_) => {}
        Err(mut fault) => {
            // It stands in the body as it would in a schema.
            fault.pointer = fault.pointer.map(|at| at.replacen("/properties", PLACE, 1));
            faults.push(fault);
        }
    }
    Err(faults.into())
}

/// Records that are there do not have the field, so its type has room for no value.
fn not_nullable((name, property): (&String, &Value)) -> Option<Fault> {
    let types = property.get("type")?;
    let is_nullable = types == "boolean"
        || types.as_array().is_some_and(|types| types.iter().any(|name| name == "null"));
    let detail = "every type but `boolean` is a list with `\"null\"` in it";
    (!is_nullable).then(|| Fault::invalid(below(&below(PLACE, name), "type"), detail))
}

fn already(object: &Object, field: &Field) -> Fault {
    let detail = format!("`{}` has a field `{}`", object.name, field.name);
    Fault::invalid(below(PLACE, &field.name), detail)
}

fn no_field(object: &Object, name: &str, at: String) -> Fault {
    Fault::invalid(at, format!("`{}` has no field `{name}`", object.name))
}

fn read_order(attributes: &Members) -> Result<Vec<String>, Fault> {
    let names = attributes.get("order").and_then(Value::as_array).filter(|names| !names.is_empty());
    let read = |names: &Vec<Value>| {
        names.iter().map(|name| name.as_str().map(str::to_owned)).collect::<Option<_>>()
    };
    names.and_then(read).ok_or_else(|| {
        Fault::invalid(format!("{PLACE}/order"), "expected a list of the names of fields")
    })
}

/// The system's fields may be named among the others, as answers show them there.
fn check_order(object: &Object, names: &[String]) -> Result<(), Refusal> {
    let fault = |(index, name): (usize, &String)| {
        let at = format!("{PLACE}/order/{index}");
        if names.iter().take(index).any(|other| other == name) {
            return Some(Fault::invalid(at, format!("`{name}` stands there twice")));
        }
        let is_known = name.starts_with('_') || object.field(name).is_some();
        (!is_known).then(|| no_field(object, name, at))
    };
    let faults: Vec<_> = names.iter().enumerate().filter_map(fault).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

fn with_hidden(object: &Object, attributes: &Members) -> Result<Object, Refusal> {
    let place = format!("{PLACE}/hiddenInDetails");
    let Some(hidden) = attributes.get("hiddenInDetails").and_then(Value::as_object) else {
        let detail = "expected an object of fields, each with `true` or `false`";
        return Err(Fault::invalid(place, detail).into());
    };
    let mut object = object.clone();
    let mut faults = Vec::new();
    for (name, value) in hidden {
        let at = below(&place, name);
        let field = object.fields.to_mut().iter_mut().find(|field| field.name == *name);
        match (field, value.as_bool()) {
            (Some(field), Some(hidden)) => field.hidden = hidden,
            (None, _) => faults.push(no_field(&object, name, at)),
            (_, None) => faults.push(Fault::invalid(at, "expected `true` or `false`")),
        }
    }
    if faults.is_empty() { Ok(object) } else { Err(faults.into()) }
}
