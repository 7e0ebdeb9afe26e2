//! Bodies that speak of schemas.

use clarify_schema::{Field, Object, check_field_name, read_schema, says_its_kind};
use indexmap::IndexMap;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::engine::{Fault, Refusal};

/// The members of a JSON object, in their order.
pub(super) type Members = IndexMap<String, Value>;

pub(super) fn read(body: &[u8]) -> Result<Value, Fault> {
    serde_json::from_slice(body)
        .map_err(|error| Fault::new(400, format!("the body is not JSON: {error}")))
}

/// `attributes` of `{data: {type, attributes}}`, of which there is one at least.
pub(super) fn read_attributes(body: &[u8], of_type: &str) -> Result<Members, Refusal> {
    let document = read(body)?;
    if document.pointer("/data/type").and_then(Value::as_str) != Some(of_type) {
        return Err(Fault::invalid("/data/type", format!("expected `{of_type}`")).into());
    }
    match members(body, &["data", "attributes"]) {
        Some(attributes) if !attributes.is_empty() => Ok(attributes),
        _ => Err(Fault::invalid("/data/attributes", "expected an object, not an empty one").into()),
    }
}

/// The members of the object that this path leads to. A [`Value`] would have lost their order.
pub(super) fn members(body: &[u8], path: &[&str]) -> Option<Members> {
    let mut raw: &RawValue = serde_json::from_slice(body).ok()?;
    for name in path {
        let members: IndexMap<String, &RawValue> = serde_json::from_str(raw.get()).ok()?;
        raw = members.get(*name).copied()?;
    }
    serde_json::from_str(raw.get()).ok()
}

/// The JSON pointer of a member.
pub(super) fn below(place: &str, name: &str) -> String {
    format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Reads a schema, its fields in the order of their ranks, and those without one in that of
/// `properties`.
pub(super) fn read_object(schema: &Value, properties: &Members) -> Result<Object, Fault> {
    let object =
        read_schema(schema).map_err(|error| Fault::invalid(error.pointer(), error.detail()));
    let mut object = object?;
    let place = |field: &Field| {
        let (index, _, property) = properties.get_full(&*field.name)?;
        let rank = property.pointer("/xClarifyPresentation/rank").and_then(Value::as_i64);
        Some((rank.unwrap_or(i64::MAX), index))
    };
    object.fields.to_mut().sort_by_key(place);
    Ok(object)
}

/// The properties of which it is not known what their values are. Where a schema is only read, they
/// are passed over.
pub(super) fn unknown(properties: &Members, place: &str) -> Vec<Fault> {
    let detail = "expected a `type`: `string`, `number`, `boolean`, `date`, `date-time` or `object`, \
                  or a `$ref` to a shape of the API";
    let unknown = properties.iter().filter(|(_, property)| !says_its_kind(property));
    let fault = |(name, _): (&String, &Value)| Fault::invalid(below(place, name), detail);
    unknown.filter(|(name, _)| !name.starts_with('_')).map(fault).collect()
}

/// The names of these properties that are the service's own. Where a schema is read they are passed
/// over, as answers may have them.
pub(super) fn reserved(properties: &Members, place: &str) -> Vec<Fault> {
    let own = properties.keys().filter(|name| name.starts_with('_'));
    let fault = |name: &String| {
        let detail = format!("field `{name}`: {}", check_field_name(name).err()?);
        Some(Fault::invalid(below(place, name), detail))
    };
    own.filter_map(fault).collect()
}
