//! The options of selects.

use clarify_schema::{Field, Kind, Object, Text};
use serde_json::{Map, Value, json};

use super::document::{below, read};
use crate::engine::edit::Edit;
use crate::engine::{Engine, Fault, Refusal, no_such_object};

/// How the options of a request go together with those that a select has.
#[derive(Clone, Copy)]
enum Manner {
    Replace,
    Append,
    Remove,
}

impl Engine {
    /// Changes the options of selects. One that goes is cleared from the records that use it.
    pub(crate) async fn edit_options(&self, body: &[u8]) -> Result<String, Refusal> {
        let mut document = read(body)?;
        let entries = match document.get_mut("data").map(Value::take) {
            Some(Value::Array(entries)) if !entries.is_empty() => entries,
            _ => return Err(Fault::invalid("/data", "expected a list of one at least").into()),
        };
        let ids: Vec<_> = entries.iter().map(|entry| entry.get("id").cloned()).collect();
        self.edit(move |edit| edit_all(edit, &entries)).await?;
        let result = |id| {
            let attributes = json!({ "isValid": true });
            json!({ "id": id, "type": "schema-validation-result", "attributes": attributes })
        };
        Ok(ids.into_iter().map(result).collect::<Value>().to_string())
    }
}

fn edit_all(edit: &mut Edit<'_, '_>, entries: &[Value]) -> Result<(), Refusal> {
    let mut faults = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let at = format!("/data/{index}");
        let edited = with_options(edit, entry, &at).and_then(|object| {
            edit.put(object, &|field| below(&format!("{at}/attributes"), field))
        });
        faults.extend(edited.err().into_iter().flat_map(|refusal| refusal.faults));
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

/// The object that an entry names, with the options that it asks for.
fn with_options(edit: &Edit<'_, '_>, entry: &Value, at: &str) -> Result<Object, Refusal> {
    if entry.get("type").and_then(Value::as_str) != Some("schema-properties") {
        return Err(Fault::invalid(format!("{at}/type"), "expected `schema-properties`").into());
    }
    let id = entry.get("id").and_then(Value::as_str).and_then(|id| id.rsplit('/').next());
    let name =
        id.ok_or_else(|| Fault::invalid(format!("{at}/id"), "expected the schema's `$id`"))?;
    let known = edit.find(name).ok_or_else(|| no_such_object(name).at(format!("{at}/id")))?;
    let fields = match entry.get("attributes").and_then(Value::as_object) {
        Some(fields) if !fields.is_empty() => fields,
        _ => {
            let detail = "expected one select at least";
            return Err(Fault::invalid(format!("{at}/attributes"), detail).into());
        }
    };
    let mut object = known.object.clone();
    let mut faults = check_meta(entry, fields, at);
    for (name, property) in fields {
        let set = set_options(&mut object, name, property, entry, at);
        faults.extend(set.err().into_iter().flatten());
    }
    if faults.is_empty() { Ok(object) } else { Err(faults.into()) }
}

/// `meta` says something of the fields that are sent, and of no other.
fn check_meta(entry: &Value, fields: &Map<String, Value>, at: &str) -> Vec<Fault> {
    let meta = entry.get("meta").and_then(Value::as_object);
    let other = meta.into_iter().flatten().filter(|(name, _)| !fields.contains_key(*name));
    let fault = |(name, _): (&String, &Value)| {
        let detail = format!("no options of `{name}` are sent");
        Fault::invalid(below(&format!("{at}/meta"), name), detail)
    };
    other.map(fault).collect()
}

fn set_options(
    object: &mut Object,
    name: &str,
    property: &Value,
    entry: &Value,
    at: &str,
) -> Result<(), Vec<Fault>> {
    let place = below(&format!("{at}/attributes"), name);
    let one = |fault: Fault| vec![fault];
    let of_object = object.name.clone();
    let field = object.fields.to_mut().iter_mut().find(|field| field.name == name);
    let field = field.ok_or_else(|| {
        one(Fault::invalid(&place, format!("`{of_object}` has no field `{name}`")))
    })?;
    if !matches!(field.kind, Kind::Select | Kind::MultiSelect) {
        let detail = format!("`{name}` is a {}, which has no options", field.kind.name());
        return Err(one(Fault::invalid(place, detail)));
    }
    let manner = manner(entry, name, at).map_err(one)?;
    let sent = sent(field, property, &place).map_err(one)?;
    manner.apply(field, sent, &place)
}

fn manner(entry: &Value, name: &str, at: &str) -> Result<Manner, Fault> {
    let Some(meta) = entry.get("meta").and_then(|meta| meta.get(name)) else {
        return Ok(Manner::Replace);
    };
    match meta.get("enum").and_then(Value::as_str) {
        Some("append") => Ok(Manner::Append),
        Some("remove") => Ok(Manner::Remove),
        _ => {
            let place = below(&format!("{at}/meta"), name);
            Err(Fault::invalid(place, "expected {\"enum\": \"append\"} or {\"enum\": \"remove\"}"))
        }
    }
}

/// A multi select has its options where its schema has them, or where a select has.
fn sent(field: &Field, property: &Value, place: &str) -> Result<Vec<Text>, Fault> {
    let nested = Some("/properties/items/items/enum").filter(|_| field.kind == Kind::MultiSelect);
    let options = nested.and_then(|at| property.pointer(at)).or_else(|| property.get("enum"));
    let options = options.and_then(Value::as_array).filter(|options| !options.is_empty());
    let text = |option: &Value| option.as_str().map(|option| Text::Owned(option.to_owned()));
    let texts = options.and_then(|options| options.iter().map(text).collect());
    texts.ok_or_else(|| {
        Fault::invalid(format!("{place}/enum"), "expected a list of texts, one at least")
    })
}

impl Manner {
    fn apply(self, field: &mut Field, sent: Vec<Text>, place: &str) -> Result<(), Vec<Fault>> {
        match self {
            Self::Replace => field.options = sent.into(),
            Self::Append => {
                let there = field.options.to_mut();
                // What is there may be sent along.
                let new: Vec<_> = sent.into_iter().filter(|new| !there.contains(new)).collect();
                there.extend(new);
            }
            Self::Remove => {
                check_known(field, &sent, place)?;
                field.options.to_mut().retain(|option| !sent.contains(option));
            }
        }
        Ok(())
    }
}

fn check_known(field: &Field, sent: &[Text], place: &str) -> Result<(), Vec<Fault>> {
    let unknown = sent.iter().filter(|option| !field.options.contains(option)).map(|option| {
        let detail = format!("`{option}` is not an option of `{}`", field.name);
        Fault::invalid(format!("{place}/enum"), detail)
    });
    let unknown: Vec<_> = unknown.collect();
    if unknown.is_empty() { Ok(()) } else { Err(unknown) }
}
