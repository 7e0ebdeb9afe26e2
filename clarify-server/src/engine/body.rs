//! Bodies of requests, read into records to write. Everything that is wrong with a body is found in
//! one go.

use std::fmt::Arguments;

use clarify_schema::{Attributes, JsonText, Members, Object, Write};
use serde_json::value::RawValue;

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
pub(super) fn read_envelope(body: &[u8]) -> Result<Members<'_>, Refusal> {
    serde_json::from_slice(body).map_err(|_| no_envelope(body).into())
}

fn no_envelope(body: &[u8]) -> Fault {
    match serde_json::from_slice::<&RawValue>(body) {
        Ok(json) => Fault::invalid("", format!("expected an object, found {}", shape(json))),
        Err(error) => Fault::new(400, format!("the body is not JSON: {error}")),
    }
}

/// The one record at `/data`.
pub(super) fn read_single(envelope: &Members<'_>, reader: Reader<'_>) -> Result<Item, Refusal> {
    Ok(reader.read(data(envelope)?, format_args!("/data")))
}

/// The records at `/data`, at most `max` of them.
pub(super) fn read_many(
    envelope: &Members<'_>,
    reader: Reader<'_>,
    max: Option<usize>,
) -> Result<Vec<Item>, Refusal> {
    let items = list(data(envelope)?, "/data", max)?;
    let read =
        |(index, item): (usize, &&RawValue)| reader.read(item, format_args!("/data/{index}"));
    Ok(items.iter().enumerate().map(read).collect())
}

/// The ids at `/items`, at most `max` of them, as far as each is one.
pub(super) fn read_items(
    envelope: &Members<'_>,
    max: usize,
) -> Result<Vec<Result<String, Fault>>, Refusal> {
    const FORM: &str = "a bulk delete is sent as {\"items\": [ids]}";
    let items = envelope.get("items").ok_or_else(|| Fault::invalid("/items", FORM))?;
    Ok(read_ids(items, "/items", max)?)
}

/// The ids at `at`, at least one and at most `max` of them, as far as each is one.
pub(super) fn read_ids(
    items: &RawValue,
    at: &str,
    max: usize,
) -> Result<Vec<Result<String, Fault>>, Fault> {
    let ids = list(items, at, Some(max))?;
    let read = |(index, id): (usize, &&RawValue)| {
        text(id).map(JsonText::into_string).ok_or_else(|| {
            let detail = format!("expected the id of a record, found {}", shape(id));
            Fault::invalid(format!("{at}/{index}"), detail)
        })
    };
    Ok(ids.iter().enumerate().map(read).collect())
}

/// Whether the body asks for a match; `match_on` must name the object's unique field.
pub(super) fn read_match_on(envelope: &Members<'_>, object: &Object) -> Result<bool, Fault> {
    let Some(raw) = envelope.get("match_on").filter(|raw| raw.get() != "null") else {
        return Ok(false);
    };
    let invalid = |detail: String| Err(Fault::invalid("/match_on", detail));
    match (text(raw), object.unique_field()) {
        (Some(name), Some(field)) if name == *field.name => Ok(true),
        (Some(name), Some(field)) => invalid(format!(
            "`{name}` is not the unique field of `{}`, which is `{}`",
            object.name, field.name
        )),
        (Some(_), None) => invalid(format!("`{}` has no unique field", object.name)),
        (None, _) => invalid(format!("expected the name of a field, found {}", shape(raw))),
    }
}

/// What stands at `/data`.
pub(super) fn data<'b>(envelope: &Members<'b>) -> Result<&'b RawValue, Fault> {
    envelope.get("data").ok_or_else(|| Fault::invalid("/data", "`data` is required"))
}

fn list<'b>(raw: &'b RawValue, at: &str, max: Option<usize>) -> Result<Vec<&'b RawValue>, Fault> {
    let items: Vec<&RawValue> = serde_json::from_str(raw.get())
        .map_err(|_| Fault::invalid(at, format!("expected a list, found {}", shape(raw))))?;
    match (items.len(), max) {
        (0, _) => Err(Fault::invalid(at, "expected at least one")),
        (count, Some(max)) if count > max => {
            Err(Fault::invalid(at, format!("expected at most {max}, found {count}")))
        }
        _ => Ok(items),
    }
}

impl Reader<'_> {
    /// Where it stands is written only where something is wrong there.
    fn read(self, raw: &RawValue, at: Arguments<'_>) -> Item {
        let Some(members) = members(raw) else {
            let detail = format!("expected a record as an object, found {}", shape(raw));
            let faults = vec![Fault::invalid(at.to_string(), detail)];
            return Item { faults, ..Item::default() };
        };
        let mut faults = Vec::new();
        faults.extend(self.check_type(&members, at).err());
        if !self.takes_relationships {
            faults.extend(check_relationships(&members, at).err());
        }
        let id = self.read_id(&members, at).unwrap_or_else(|fault| {
            faults.push(fault);
            None
        });
        let attributes = self.read_attributes(&members, at).unwrap_or_else(|found| {
            faults.extend(found);
            Attributes::default()
        });
        Item { id, attributes, faults }
    }

    /// The attributes of a body whose attributes are not a record's; its type is.
    pub(super) fn read_members(self, raw: &RawValue) -> Result<&RawValue, Fault> {
        let members = members(raw).ok_or_else(|| {
            Fault::invalid("/data", format!("expected an object, found {}", shape(raw)))
        })?;
        self.check_type(&members, format_args!("/data"))?;
        let attributes = members.get("attributes");
        attributes.ok_or_else(|| Fault::invalid("/data/attributes", "`attributes` is required"))
    }

    fn check_type(self, members: &Members<'_>, at: Arguments<'_>) -> Result<(), Fault> {
        let at = || format!("{at}/type");
        let name = &*self.object.name;
        match members.get("type") {
            None if self.id == IdRule::Forbidden => {
                Err(Fault::invalid(at(), format!("`type` is required: `{name}`")))
            }
            None => Ok(()),
            Some(raw) => match text(raw) {
                Some(found) if found == *name => Ok(()),
                Some(found) => {
                    let detail = format!("`{found}` is not `{name}`, the object in the path");
                    Err(Fault::new(409, detail).at(at()))
                }
                None => {
                    Err(Fault::invalid(at(), format!("expected `{name}`, found {}", shape(raw))))
                }
            },
        }
    }

    fn read_id(self, members: &Members<'_>, at: Arguments<'_>) -> Result<Option<String>, Fault> {
        let at = || format!("{at}/id");
        let raw = members.get("id").filter(|raw| raw.get() != "null");
        match (self.id, raw) {
            (IdRule::Forbidden, _) if members.get("id").is_some() => {
                Err(Fault::invalid(at(), "an `id` is made by the service: leave it out"))
            }
            (IdRule::Forbidden, _) => Ok(None),
            (IdRule::Required, None) => Err(Fault::invalid(at(), "`id` is required")),
            (IdRule::Expected(_), None) if self.contract.update_needs_id => {
                Err(Fault::invalid(at(), "`id` is required"))
            }
            (_, None) => Ok(None),
            (rule, Some(raw)) => check_id(rule, raw, at()).map(Some),
        }
    }

    fn read_attributes(
        self,
        members: &Members<'_>,
        at: Arguments<'_>,
    ) -> Result<Attributes<'static>, Vec<Fault>> {
        let at = format_args!("{at}/attributes");
        let required = || vec![Fault::invalid(at.to_string(), "`attributes` is required")];
        let raw = members.get("attributes").ok_or_else(required)?;
        // Whether a create is of a new record, which must have all required fields, shows when it
        // is applied: what matches is an update.
        attributes::read(self.object, raw, Write::Update, self.contract, at)
    }
}

fn check_id(rule: IdRule<'_>, raw: &RawValue, at: String) -> Result<String, Fault> {
    let Some(id) = text(raw) else {
        return Err(Fault::invalid(at, format!("expected a string, found {}", shape(raw))));
    };
    match rule {
        IdRule::Expected(expected) if id != *expected => {
            let detail = format!("`{id}` is not `{expected}`, the id in the path");
            Err(Fault::new(409, detail).at(at))
        }
        _ => Ok(id.into_string()),
    }
}

fn check_relationships(members: &Members<'_>, at: Arguments<'_>) -> Result<(), Fault> {
    match members.get("relationships").map(|raw| raw.get()) {
        None | Some("null") => Ok(()),
        Some(json) if json.chars().filter(|c| !c.is_whitespace()).eq("{}".chars()) => Ok(()),
        Some(_) => Err(Fault::invalid(
            format!("{at}/relationships"),
            "`relationships` is not served on this path",
        )),
    }
}

/// The members of an object; nothing where it is none.
pub(super) fn members(raw: &RawValue) -> Option<Members<'_>> {
    serde_json::from_str(raw.get()).ok()
}

fn text(raw: &RawValue) -> Option<JsonText<'_>> {
    serde_json::from_str(raw.get()).ok()
}

/// What sort of JSON a value is, to say what was found.
fn shape(raw: &RawValue) -> &'static str {
    match raw.get().as_bytes().first() {
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
