//! One field's change, and what is sent for it.

use clarify_schema::Text;

use crate::error::Problem;
use crate::value::{Mismatch, Writer};

/// What is done to one field.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) name: Text,
    pub(super) manner: Manner,
    pub(super) json: Result<String, Mismatch>,
}

/// How what is sent goes together with what the record has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    Replace,
    Append,
    Remove,
}

impl Manner {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Replace => "replace",
            Self::Append => "append",
            Self::Remove => "remove",
        }
    }
}

const OPEN: &str = "{\"items\":[";
const CLOSE: &str = "]}";

impl Change {
    /// This change and a later one of the same field, as one.
    pub(super) fn and_then(self, later: Self) -> Self {
        match (self.manner, later.manner) {
            // What was set or cleared stands for the whole collection: the later items change it.
            (Manner::Replace, Manner::Append) => {
                Self { manner: Manner::Replace, ..self.join(later) }
            }
            (_, Manner::Replace) => later,
            (earlier, manner) if earlier == manner => self.join(later),
            _ => {
                let reason = "one update can't both give items and take items away";
                Self { json: Err(Mismatch::new(reason)), ..later }
            }
        }
    }

    fn join(self, later: Self) -> Self {
        let json = match (&self.json, &later.json) {
            (Ok(first), Ok(second)) => join(first, second).ok_or_else(|| {
                Mismatch::new("what is set is no collection, so nothing can be appended to it")
            }),
            (Err(_), _) => self.json,
            (_, Err(_)) => later.json.clone(),
        };
        Self { json, ..later }
    }

    pub(super) fn problem(&self) -> Option<Problem> {
        let mismatch = self.json.as_ref().err()?;
        Some(Problem::new(format!("/{}", self.name), mismatch.to_string()))
    }
}

/// Two collections as one. Both are in the form that a `Vec` is written in, or the first is cleared.
fn join(first: &str, second: &str) -> Option<String> {
    let items = |json: &str| match json {
        "null" => Some(String::new()),
        _ => Some(json.strip_prefix(OPEN)?.strip_suffix(CLOSE)?.to_owned()),
    };
    let (first, second) = (items(first)?, items(second)?);
    let comma = if first.is_empty() || second.is_empty() { "" } else { "," };
    Some(format!("{OPEN}{first}{comma}{second}{CLOSE}"))
}

/// The changes of a patch, ready to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Changes {
    /// The attributes, as a JSON object.
    pub(crate) attributes: Vec<u8>,
    /// What `meta` has to say of each field that is mentioned.
    pub(crate) manners: Vec<(Text, Manner)>,
}

impl Changes {
    pub(super) fn of(changes: &[Change]) -> Self {
        Self {
            attributes: attributes(changes).into_bytes(),
            manners: changes.iter().map(|change| (change.name.clone(), change.manner)).collect(),
        }
    }
}

pub(super) fn attributes(changes: &[Change]) -> String {
    let fields: Vec<String> = changes.iter().filter_map(attribute).collect();
    format!("{{{}}}", fields.join(","))
}

fn attribute(change: &Change) -> Option<String> {
    let mut name = Writer::default();
    name.text(&change.name);
    let name = String::from_utf8(name.into_bytes()).ok()?;
    Some(format!("{name}:{}", change.json.as_ref().ok()?))
}
