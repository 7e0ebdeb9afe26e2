//! Bodies of requests, read into records to write. Everything that is wrong with a body is found in
//! one go.

use std::fmt::Arguments;

use clarify_attributes::{Attributes, JsonText, Write, elements};
use clarify_schema::Object;
use serde::de::{Deserialize, IgnoredAny};
use serde_json::value::RawValue;

use super::envelope::{Data, Envelope, Resource};
use super::refusal::{Fault, Refusal};
use super::{Served, attributes};
use crate::contract::Terms;

/// One record of a body, as far as it could be read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) id: Option<String>,
    pub(super) attributes: Attributes<'static>,
    /// What is wrong with it. It is not written then, but what else is wrong with its request is
    /// still found out.
    pub(super) faults: Vec<Fault>,
}

impl Item {
    /// The attributes of a record that is good.
    pub(super) fn ready(self) -> Result<Attributes<'static>, Vec<Fault>> {
        if self.faults.is_empty() { Ok(self.attributes) } else { Err(self.faults) }
    }
}

/// What the record of a body must have and may not have.
#[derive(Clone, Copy)]
pub(super) struct Reader<'r> {
    pub(super) object: &'r Object,
    pub(super) contract: &'r Terms,
    pub(super) id: IdRule<'r>,
    /// Whether a record may come with links to others.
    pub(super) takes_relationships: bool,
}

/// What is said of `id`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum IdRule<'r> {
    /// It is made by the service.
    Forbidden,
    /// It must be there.
    Required,
    /// It must be this one, if it is there.
    Expected(&'r str),
}

/// The members of the outermost object.
pub(super) fn read_envelope<'b, D>(body: &'b [u8]) -> Result<Envelope<'b, D>, Refusal>
where
    D: Deserialize<'b>,
{
    match std::str::from_utf8(body) {
        Ok(text) => serde_json::from_str(text).map_err(|error| no_envelope(body, &error).into()),
        // Wherever that stands: what is passed over is no other JSON than what is read.
        Err(invalid) => Err(no_envelope(body, &serde::de::Error::custom(invalid)).into()),
    }
}

fn no_envelope(body: &[u8], error: &serde_json::Error) -> Fault {
    match serde_json::from_slice::<&RawValue>(body).map(|json| shape(json.get())) {
        // It is nested too deep, or has half a character in it.
        Ok("an object") => Fault::invalid("", format!("it can't be read: {error}")),
        Ok(shape) => Fault::invalid("", format!("expected an object, found {shape}")),
        Err(error) => Fault::new(400, format!("the body is not JSON: {error}")),
    }
}

/// The one record at `/data`.
pub(super) fn read_single(
    envelope: &Envelope<'_, Data<'_>>,
    reader: Reader<'_>,
) -> Result<Item, Refusal> {
    Ok(reader.read(data(envelope)?, format_args!("/data")))
}

/// The records at `/data`, at most `max` of them.
pub(super) fn read_many(
    envelope: &Envelope<'_, Data<'_>>,
    reader: Reader<'_>,
    max: Option<usize>,
) -> Result<Vec<Item>, Refusal> {
    let items = match data(envelope)? {
        Data::List(items) => items,
        other => return Err(no_list("/data", other.shape()).into()),
    };
    check_count(items.len(), "/data", max)?;
    let read = |(index, item)| reader.read(item, format_args!("/data/{index}"));
    Ok(items.iter().enumerate().map(read).collect())
}

/// The ids at `/items`, at most `max` of them, as far as each is one.
pub(super) fn read_items(
    envelope: &Envelope<'_, IgnoredAny>,
    max: usize,
) -> Result<Vec<Result<String, Fault>>, Refusal> {
    const FORM: &str = "a bulk delete is sent as {\"items\": [ids]}";
    let items = envelope.items.ok_or_else(|| Fault::invalid("/items", FORM))?;
    Ok(read_ids(items, "/items", max)?)
}

/// The ids at `at`, at least one and at most `max` of them, as far as each is one.
pub(super) fn read_ids(
    items: &str,
    at: &str,
    max: usize,
) -> Result<Vec<Result<String, Fault>>, Fault> {
    let ids = elements(items).ok_or_else(|| no_list(at, shape(items)))?;
    check_count(ids.len(), at, Some(max))?;
    let read = |(index, id): (usize, &&str)| {
        text(id).map(JsonText::into_string).ok_or_else(|| {
            let detail = format!("expected the id of a record, found {}", shape(id));
            Fault::invalid(format!("{at}/{index}"), detail)
        })
    };
    Ok(ids.iter().enumerate().map(read).collect())
}

/// Whether the body asks for a match; `match_on` must name the object's unique field.
pub(super) fn read_match_on(json: Option<&str>, object: &Object) -> Result<bool, Fault> {
    let Some(json) = json.filter(|json| *json != "null") else {
        return Ok(false);
    };
    let invalid = |detail: String| Err(Fault::invalid("/match_on", detail));
    match (text(json), object.unique_field()) {
        (Some(name), Some(field)) if name == *field.name => Ok(true),
        (Some(name), Some(field)) => invalid(format!(
            "`{name}` is not the unique field of `{}`, which is `{}`",
            object.name, field.name
        )),
        (Some(_), None) => invalid(format!("`{}` has no unique field", object.name)),
        (None, _) => invalid(format!("expected the name of a field, found {}", shape(json))),
    }
}

/// What stands at `/data`.
pub(super) fn data<'e, D>(envelope: &'e Envelope<'_, D>) -> Result<&'e D, Fault> {
    envelope.data.as_ref().ok_or_else(|| Fault::invalid("/data", "`data` is required"))
}

fn no_list(at: &str, shape: &str) -> Fault {
    Fault::invalid(at, format!("expected a list, found {shape}"))
}

fn check_count(count: usize, at: &str, max: Option<usize>) -> Result<(), Fault> {
    match max {
        _ if count == 0 => Err(Fault::invalid(at, "expected at least one")),
        Some(max) if count > max => {
            Err(Fault::invalid(at, format!("expected at most {max}, found {count}")))
        }
        _ => Ok(()),
    }
}

impl Reader<'_> {
    /// Where it stands is written only where something is wrong there.
    fn read(self, data: &Data<'_>, at: Arguments<'_>) -> Item {
        let resource = match data.record() {
            Ok(resource) => resource,
            Err(shape) => {
                let detail = format!("expected a record as an object, found {shape}");
                let faults = vec![Fault::invalid(at.to_string(), detail)];
                return Item { faults, ..Item::default() };
            }
        };
        let mut faults = Vec::new();
        faults.extend(self.check_type(resource, at).err());
        if !self.takes_relationships {
            faults.extend(check_relationships(resource, at).err());
        }
        let id = self.read_id(resource, at).unwrap_or_else(|fault| {
            faults.push(fault);
            None
        });
        let attributes = self.read_attributes(resource, at).unwrap_or_else(|found| {
            faults.extend(found);
            Attributes::default()
        });
        Item { id, attributes, faults }
    }

    /// The attributes of a body whose attributes are not a record's; its type is.
    pub(super) fn read_members<'b>(self, data: &Data<'b>) -> Result<&'b str, Fault> {
        let resource = data.record().map_err(|shape| {
            Fault::invalid("/data", format!("expected an object, found {shape}"))
        })?;
        self.check_type(resource, format_args!("/data"))?;
        resource
            .attributes
            .ok_or_else(|| Fault::invalid("/data/attributes", "`attributes` is required"))
    }

    fn check_type(self, resource: &Resource<'_>, at: Arguments<'_>) -> Result<(), Fault> {
        let at = || format!("{at}/type");
        let name = &*self.object.name;
        match resource.object {
            None if self.id == IdRule::Forbidden => {
                Err(Fault::invalid(at(), format!("`type` is required: `{name}`")))
            }
            None => Ok(()),
            Some(json) => match text(json) {
                Some(found) if found == *name => Ok(()),
                Some(found) => {
                    let detail = format!("`{found}` is not `{name}`, the object in the path");
                    Err(Fault::new(409, detail).at(at()))
                }
                None => {
                    Err(Fault::invalid(at(), format!("expected `{name}`, found {}", shape(json))))
                }
            },
        }
    }

    fn read_id(self, resource: &Resource<'_>, at: Arguments<'_>) -> Result<Option<String>, Fault> {
        let at = || format!("{at}/id");
        let json = resource.id.filter(|json| *json != "null");
        match (self.id, json) {
            (IdRule::Forbidden, _) if resource.id.is_some() => {
                Err(Fault::invalid(at(), "an `id` is made by the service: leave it out"))
            }
            (IdRule::Forbidden, _) => Ok(None),
            (IdRule::Required, None) => Err(Fault::invalid(at(), "`id` is required")),
            (IdRule::Expected(_), None) if self.contract.update_needs_id => {
                Err(Fault::invalid(at(), "`id` is required"))
            }
            (_, None) => Ok(None),
            (rule, Some(json)) => check_id(rule, json, at()).map(Some),
        }
    }

    fn read_attributes(
        self,
        resource: &Resource<'_>,
        at: Arguments<'_>,
    ) -> Result<Attributes<'static>, Vec<Fault>> {
        let at = format_args!("{at}/attributes");
        let required = || vec![Fault::invalid(at.to_string(), "`attributes` is required")];
        let json = resource.attributes.ok_or_else(required)?;
        // Whether a create is of a new record, which must have all required fields, shows when it
        // is applied: what matches is an update.
        attributes::read(self.object, json, Write::Update, self.contract, at)
    }
}

fn check_id(rule: IdRule<'_>, json: &str, at: String) -> Result<String, Fault> {
    let Some(id) = text(json) else {
        return Err(Fault::invalid(at, format!("expected a string, found {}", shape(json))));
    };
    match rule {
        IdRule::Expected(expected) if id != *expected => {
            let detail = format!("`{id}` is not `{expected}`, the id in the path");
            Err(Fault::new(409, detail).at(at))
        }
        _ => Ok(id.into_string()),
    }
}

fn check_relationships(resource: &Resource<'_>, at: Arguments<'_>) -> Result<(), Fault> {
    match resource.relationships {
        None | Some("null") => Ok(()),
        Some(json) if json.chars().filter(|c| !c.is_whitespace()).eq("{}".chars()) => Ok(()),
        Some(_) => Err(Fault::invalid(
            format!("{at}/relationships"),
            "`relationships` is not served on this path",
        )),
    }
}

fn text(json: &str) -> Option<JsonText<'_>> {
    JsonText::read(json).ok()
}

/// What sort of JSON a value is, to say what was found.
fn shape(json: &str) -> &'static str {
    match json.as_bytes().first() {
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b'"') => "a string",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => "a number",
    }
}

/// The reader of an object's records.
pub(super) const fn reader<'r>(
    served: &'r Served,
    contract: &'r Terms,
    id: IdRule<'r>,
) -> Reader<'r> {
    Reader { object: &served.object, contract, id, takes_relationships: false }
}

#[cfg(test)]
mod tests;
