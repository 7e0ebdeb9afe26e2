//! Steps in words.

use std::fmt;

use super::{Alteration, Side, Step};
use crate::{Field, Kind, Object, Text};

/// A line that says what a step does: `+ c_order.status: select of `Draft`, `Sent``.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StepLine {
    /// `+` for what is added, `~` for what changes, `-` for what goes.
    pub mark: char,
    /// The object, or the field as `object.field`.
    pub place: String,
    /// What happens there.
    pub what: String,
}

impl fmt::Display for StepLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.mark, self.place, self.what)
    }
}

impl Step {
    /// What it does, a line for each field or so.
    #[must_use]
    pub fn lines(&self) -> Vec<StepLine> {
        match self {
            Self::CreateObject(object) => create(object),
            Self::AddFields { object, fields } => {
                fields.iter().map(|field| add(object, field)).collect()
            }
            Self::AddRelationship([here, there]) => vec![relate(here, there)],
            Self::AddOptions { object, field, options } => {
                let only = if field.options.is_empty() { ", and no other text" } else { "" };
                let what = format!("the {}{only}", named("option", options));
                vec![line('+', &place(object, &field.name), what)]
            }
            Self::RemoveOptions { object, field, options } => {
                let what = format!("the {}, also in records", named("option", options));
                vec![line('-', &place(object, &field.name), what)]
            }
            Self::RemoveRelationship { object, field } => {
                let other = Option::zip(field.target.as_deref(), field.inverse.as_deref());
                let other = other.map(|(target, inverse)| format!(" and `{target}.{inverse}`"));
                let what = format!("its links{}", other.unwrap_or_default());
                vec![line('-', &place(object, &field.name), what)]
            }
            Self::Alter { object, alteration } => alter(object, alteration),
            Self::OrderFields { object, .. } => {
                vec![line('~', object, "its fields in their order".to_owned())]
            }
        }
    }
}

fn line(mark: char, place: &str, what: String) -> StepLine {
    StepLine { mark, place: place.to_owned(), what }
}

fn place(object: &str, field: &str) -> String {
    format!("{object}.{field}")
}

fn create(object: &Object) -> Vec<StepLine> {
    let (singular, plural) = object.called();
    let first = line('+', &object.name, format!("a new object, `{singular}` and `{plural}`"));
    let fields = object.fields.iter().map(|field| add(&object.name, field));
    std::iter::once(first).chain(fields).collect()
}

fn add(object: &str, field: &Field) -> StepLine {
    line('+', &place(object, &field.name), described(field))
}

fn described(field: &Field) -> String {
    let mut what = match &field.target {
        Some(target) => format!("link to `{target}`"),
        None => field.kind.name().replace('_', " "),
    };
    if !field.options.is_empty() {
        what.push_str(" of ");
        what.push_str(&quoted(&field.options));
    }
    for (is_so, word) in [(field.required, ", required"), (field.unique, ", unique")] {
        what.push_str(if is_so { word } else { "" });
    }
    what
}

fn relate(here: &Side, there: &Side) -> StepLine {
    let how = match (here.field.kind, there.field.kind) {
        (Kind::ToOne, _) => "many-to-one",
        (_, Kind::ToOne) => "one-to-many",
        _ => "many-to-many",
    };
    let what = format!("{how} with `{}.{}`", there.object, there.field.name);
    line('+', &place(&here.object, &here.field.name), what)
}

fn alter(object: &str, alteration: &Alteration) -> Vec<StepLine> {
    let Alteration { labels, unique, required, removed } = alteration;
    let called = |(singular, plural): &(Text, Text)| {
        line('~', object, format!("called `{singular}` and `{plural}`"))
    };
    let field = |mark, name: &Text, what: &str| line(mark, &place(object, name), what.to_owned());
    let labels = labels.iter().map(called);
    let unique = unique.iter().map(|name| field('~', name, "unique"));
    let required = required.iter().map(|name| field('~', name, "required"));
    let removed = removed.iter().map(|name| field('-', name, "the field, with its values"));
    labels.chain(unique).chain(required).chain(removed).collect()
}

fn named(what: &str, texts: &[Text]) -> String {
    let plural = if texts.len() == 1 { "" } else { "s" };
    format!("{what}{plural} {}", quoted(texts))
}

fn quoted(texts: &[Text]) -> String {
    texts.iter().map(|text| format!("`{text}`")).collect::<Vec<_>>().join(", ")
}
