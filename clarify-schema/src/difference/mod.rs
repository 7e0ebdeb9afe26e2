//! How the objects that a program knows stand to those of a workspace.

mod details;
mod likeness;
#[cfg(test)]
mod tests;
mod words;

use std::fmt;

pub use details::all_differences;
pub(crate) use likeness::is_like;
use likeness::respelled;

use crate::{Field, Kind, Object, Text};

/// What a difference does to a program that stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Nothing: the program goes on reading and writing.
    Harmless,
    /// It depends on the values, or on what the workspace makes of them.
    Unclear,
    /// What it sends may be refused.
    BreaksWriting,
    /// Records may no longer fit its structs. Writing may be broken as well.
    BreaksReading,
}

impl Effect {
    /// The effect in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Harmless => "harmless",
            Self::Unclear => "can't tell",
            Self::BreaksWriting => "breaks writing",
            Self::BreaksReading => "breaks reading",
        }
    }

    /// The effect in a word, for programs: `breaks_reading`, `breaks_writing`, `unclear`, `harmless`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Harmless => "harmless",
            Self::Unclear => "unclear",
            Self::BreaksWriting => "breaks_writing",
            Self::BreaksReading => "breaks_reading",
        }
    }

    /// Whether something breaks.
    #[must_use]
    pub const fn breaks(self) -> bool {
        matches!(self, Self::BreaksWriting | Self::BreaksReading)
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One thing in which an object that a program knows and the workspace's differ. *Ours* is the
/// program's, *theirs* the workspace's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// The workspace has no such object.
    NoObject,
    /// The workspace has no such object, and the API makes none of its name.
    ImpossibleObject,
    /// The program knows nothing of the object.
    NewObject,
    /// The object has no such field.
    NoField {
        /// One whose name is alike.
        like: Option<Text>,
    },
    /// The program does not have this field.
    NewField {
        /// Whether every record must have a value.
        required: bool,
    },
    /// The field holds something else.
    Kind {
        /// What the program takes it for.
        ours: Kind,
        /// What it is.
        theirs: Kind,
    },
    /// The program matches on the field, and the workspace does not.
    NotUnique {
        /// The field that the workspace matches on.
        unique: Option<Text>,
    },
    /// The workspace matches on the field, and the program does not know it.
    Unique,
    /// Every record must have a value, and the program may send none.
    Required,
    /// A record may have no value, and the program needs one.
    Optional,
    /// The link leads to another object.
    Target {
        /// Where the program takes it to lead.
        ours: Option<Text>,
        /// Where it leads.
        theirs: Option<Text>,
    },
    /// The program has options that the select does not have.
    NoOption {
        /// Each with the option that differs from it in nothing but case and spaces, if there is one.
        options: Vec<(Text, Option<Text>)>,
    },
    /// The select has options that the program does not have.
    NewOption {
        /// Which.
        options: Vec<Text>,
        /// Whether the program keeps options that it does not know.
        open: bool,
    },
    /// Only the service writes the field, and the program sends it.
    ReadOnly,
    /// Programs may write the field, and this one never does.
    Writable,
    /// The kind has another name, and the same values.
    KindName {
        /// Here.
        ours: Kind,
        /// There.
        theirs: Kind,
    },
    /// The link's other side is another field.
    OtherSide {
        /// Here.
        ours: Option<Text>,
        /// There.
        theirs: Option<Text>,
    },
    /// It is called otherwise.
    Called {
        /// Here.
        ours: Option<Text>,
        /// There.
        theirs: Option<Text>,
    },
    /// What is said of it is something else.
    Description,
    /// People see the field among a record's details, or they don't.
    Visibility {
        /// Whether it is hidden there.
        hidden: bool,
    },
    /// The fields, or a select's options, are in another order.
    Order,
    /// A select takes any text on the one side, and its options alone on the other.
    AnyOption {
        /// Whether it takes any there.
        takes_any: bool,
    },
}

/// A difference: where it is, what it is, and what it does to the program.
///
/// Its text is one line: `person.title: there is no such field; did you mean `job_title`?`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The object.
    pub object: Text,
    /// The field, if it is about one.
    pub field: Option<Text>,
    /// What it is.
    pub change: Change,
    /// What it does.
    pub effect: Effect,
}

/// Every difference between an object as a program knows it and the workspace's; none, where they
/// fit. Labels, descriptions and the order of fields are not looked at.
///
/// ```
/// use clarify_schema::{Effect, Field, Kind, Object, differences};
///
/// let ours = Object::named("c_ticket", vec![Field::new("titel", Kind::Text)]);
/// let theirs = Object::named("c_ticket", vec![Field::new("title", Kind::Text)]);
/// let found = differences(&ours, &theirs);
/// assert_eq!(found[0].effect, Effect::BreaksWriting);
/// assert_eq!(found[0].to_string(), "c_ticket.titel: there is no such field; did you mean `title`?");
/// assert_eq!(found[1].effect, Effect::Harmless, "a field that the program does not know");
/// ```
#[must_use]
pub fn differences(ours: &Object, theirs: &Object) -> Vec<Difference> {
    let mut found = Vec::new();
    for field in ours.fields.iter() {
        let changes = match theirs.field(&field.name) {
            Some(their_field) => changes(field, their_field, theirs),
            None => {
                let like = theirs.field_like(&field.name).map(|field| field.name.clone());
                vec![Change::NoField { like }]
            }
        };
        found.extend(changes.into_iter().map(|change| field_difference(ours, field, change)));
    }
    let new = theirs.fields.iter().filter(|field| ours.field(&field.name).is_none());
    found.extend(new.map(|field| {
        let required = field.required && !field.read_only;
        let effect = if required { Effect::BreaksWriting } else { Effect::Harmless };
        Difference::at(ours, Some(field), Change::NewField { required }, effect)
    }));
    found
}

/// [`differences`] of all objects that a program knows. Objects of the workspace that it does not
/// know are harmless.
#[must_use]
pub fn workspace_differences(ours: &[Object], theirs: &[Object]) -> Vec<Difference> {
    let find = |objects: &'_ [Object], name: &str| objects.iter().position(|o| o.name == name);
    let mut found = Vec::new();
    for object in ours {
        match find(theirs, &object.name).and_then(|place| theirs.get(place)) {
            Some(theirs) => found.extend(differences(object, theirs)),
            None => {
                found.push(Difference::at(object, None, Change::NoObject, Effect::BreaksReading));
            }
        }
    }
    let new = theirs.iter().filter(|object| find(ours, &object.name).is_none());
    found.extend(new.map(|o| Difference::at(o, None, Change::NewObject, Effect::Harmless)));
    found
}

fn field_difference(object: &Object, field: &Field, change: Change) -> Difference {
    let effect = effect(&change, field);
    Difference::at(object, Some(field), change, effect)
}

impl Difference {
    fn at(object: &Object, field: Option<&Field>, change: Change, effect: Effect) -> Self {
        let field = field.map(|field| field.name.clone());
        Self { object: object.name.clone(), field, change, effect }
    }
}

fn changes(ours: &Field, theirs: &Field, object: &Object) -> Vec<Change> {
    if !ours.kind.is_known_as(theirs.kind) {
        return vec![Change::Kind { ours: ours.kind, theirs: theirs.kind }];
    }
    let unique = || object.unique_field().map(|field| field.name.clone());
    let leads_elsewhere =
        ours.target.is_some() && theirs.target.is_some() && ours.target != theirs.target;
    let target = || Change::Target { ours: ours.target.clone(), theirs: theirs.target.clone() };
    let changes = [
        (ours.unique && !theirs.unique).then(|| Change::NotUnique { unique: unique() }),
        (theirs.unique && !ours.unique).then_some(Change::Unique),
        // What the program never sends can't be missing from what it sends.
        (theirs.required && !ours.required && !ours.read_only).then_some(Change::Required),
        (ours.required && !theirs.required).then_some(Change::Optional),
        leads_elsewhere.then(target),
        (theirs.read_only && !ours.read_only).then_some(Change::ReadOnly),
        (ours.read_only && !theirs.read_only).then_some(Change::Writable),
        missing_options(ours, theirs),
        new_options(ours, theirs),
        takes_any(ours, theirs).then_some(Change::AnyOption { takes_any: true }),
    ];
    changes.into_iter().flatten().collect()
}

fn missing_options(ours: &Field, theirs: &Field) -> Option<Change> {
    let missing = ours.options.iter().filter(|option| !theirs.has_option(option));
    let options: Vec<_> =
        missing.map(|option| (option.clone(), respelled(option, &theirs.options))).collect();
    (!options.is_empty()).then_some(Change::NoOption { options })
}

fn new_options(ours: &Field, theirs: &Field) -> Option<Change> {
    let new = theirs.options.iter().filter(|option| !ours.has_option(option));
    let options: Vec<_> = new.cloned().collect();
    (!options.is_empty()).then_some(Change::NewOption { options, open: ours.open })
}

/// Whether any text may come where the program knows its options alone.
fn takes_any(ours: &Field, theirs: &Field) -> bool {
    !ours.open && !ours.options.is_empty() && theirs.options.is_empty()
}

const fn effect(change: &Change, ours: &Field) -> Effect {
    match change {
        Change::NoObject | Change::ImpossibleObject => Effect::BreaksReading,
        // A field that is left out of records is missed where the program needs a value.
        Change::NoField { .. } if ours.required => Effect::BreaksReading,
        Change::NoField { .. } if ours.read_only => Effect::Harmless,
        Change::NoField { .. } => Effect::BreaksWriting,
        Change::Kind { ours, theirs } if ours.looks_like(*theirs) => Effect::Unclear,
        Change::Kind { .. } | Change::Optional => Effect::BreaksReading,
        // No type says that a collection has items: it depends on what is sent.
        Change::Required if ours.kind.is_collection() => Effect::Unclear,
        Change::NotUnique { .. } | Change::Required | Change::ReadOnly => Effect::BreaksWriting,
        Change::Target { .. } => Effect::BreaksWriting,
        Change::NoOption { .. } if ours.read_only => Effect::Harmless,
        Change::NoOption { .. } => Effect::BreaksWriting,
        Change::NewOption { open: false, .. } => Effect::BreaksReading,
        Change::NewOption { open: true, .. } | Change::Writable => Effect::Harmless,
        // It depends on the values that come, and on those that are sent.
        Change::AnyOption { .. } | Change::Unique => Effect::Unclear,
        Change::KindName { .. }
        | Change::OtherSide { .. }
        | Change::Called { .. }
        | Change::Description
        | Change::Visibility { .. }
        | Change::Order => Effect::Harmless,
        Change::NewField { required: true } => Effect::BreaksWriting,
        Change::NewField { required: false } | Change::NewObject => Effect::Harmless,
    }
}
