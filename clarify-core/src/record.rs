//! Records as they come back from the service.

use std::fmt;

use clarify_schema::Kind;
use jiff::Timestamp;
use serde_core::de::{Deserialize, Deserializer, EnumAccess, Error as _, VariantAccess, Visitor};
use serde_core::ser::{Serialize, Serializer};

use crate::error::Problem;
use crate::members::{Name, members};
use crate::value::IdText;
use crate::{ClarifyObject, Field, ReadOnly, RecordId};

/// A record: its id, what the struct holds, and the service's own times.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Record<T> {
    /// The id that the service gave it.
    pub id: RecordId<T>,
    /// The fields that the struct names.
    pub attributes: T,
    /// When it was created. Some services leave it out of some answers.
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
    /// What a create or upsert did; nothing on the answers of other calls.
    pub outcome: Option<Outcome>,
}

members!(Record<T> {
    id,
    attributes,
    created_at: or_default,
    updated_at: or_default,
    outcome: or_default
});

impl<T> Record<T> {
    /// A record of which no more than the attributes is known yet.
    pub(crate) const fn begun(attributes: T) -> Self {
        let id = RecordId::none();
        Self { id, attributes, created_at: None, updated_at: None, outcome: None }
    }

    pub(crate) const fn rest(&mut self) -> RestOfRecord<'_> {
        RestOfRecord {
            id: &mut self.id.text,
            created_at: &mut self.created_at,
            updated_at: &mut self.updated_at,
            outcome: &mut self.outcome,
        }
    }
}

/// All of a record but its attributes: what is the same whatever the struct.
pub(crate) struct RestOfRecord<'r> {
    pub(crate) id: &'r mut IdText,
    pub(crate) created_at: &'r mut Option<Timestamp>,
    pub(crate) updated_at: &'r mut Option<Timestamp>,
    pub(crate) outcome: &'r mut Option<Outcome>,
}

/// What a create or an upsert did with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// There is a new record.
    Created,
    /// An existing record was found by the unique field, and changed.
    Matched,
    /// The service did not say.
    Unknown,
}

const OUTCOMES: &[&str] = &["created", "matched", "unknown"];

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (place, name) = match self {
            Self::Created => (0, "created"),
            Self::Matched => (1, "matched"),
            Self::Unknown => (2, "unknown"),
        };
        serializer.serialize_unit_variant("Outcome", place, name)
    }
}

impl<'de> Deserialize<'de> for Outcome {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_enum("Outcome", OUTCOMES, OutcomeVisitor)
    }
}

struct OutcomeVisitor;

impl<'de> Visitor<'de> for OutcomeVisitor {
    type Value = Outcome;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("enum Outcome")
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Outcome, A::Error> {
        let (name, variant) = data.variant_seed(Name(OUTCOMES))?;
        variant.unit_variant()?;
        match &*name {
            "created" => Ok(Outcome::Created),
            "matched" => Ok(Outcome::Matched),
            "unknown" => Ok(Outcome::Unknown),
            _ => Err(A::Error::unknown_variant(&name, OUTCOMES)),
        }
    }
}

static CREATED_AT: clarify_schema::Field =
    clarify_schema::Field::new("_created_at", Kind::DateTime).read_only();
static UPDATED_AT: clarify_schema::Field =
    clarify_schema::Field::new("_updated_at", Kind::DateTime).read_only();

impl<T: ClarifyObject> Record<T> {
    /// The time of creation, to filter and sort by:
    /// `list().sort(Record::<Person>::CREATED_AT.desc())`.
    pub const CREATED_AT: Field<T, ReadOnly<Option<Timestamp>>> = Field::of(&CREATED_AT);

    /// The time of the last change, to filter and sort by.
    pub const UPDATED_AT: Field<T, ReadOnly<Option<Timestamp>>> = Field::of(&UPDATED_AT);
}

/// A row of a list that could not be read as a `T`. The others of its page arrived all the same.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UnreadableRow {
    /// The text of the record's id, if that much could be read.
    pub id: Option<String>,
    /// Everything that did not fit, with pointers into the answer:
    /// `/data/3/attributes/marks/items/2`.
    pub problems: Vec<Problem>,
}

members!(UnreadableRow { id: or_default, problems });

/// What methods take where they want to know which record: a [`RecordId`], a [`Record`], or a
/// reference to one.
#[diagnostic::on_unimplemented(
    message = "this is not the id of a record of this object",
    label = "another object's id, or no id",
    note = "for an id that is a text, say which object it is of: `RecordId::<Person>::new(text)`",
    note = "a `Record`, as calls return it, is as good as its id"
)]
pub trait IdOf<T> {
    /// The id.
    fn id(&self) -> &RecordId<T>;
}

#[diagnostic::do_not_recommend]
impl<T> IdOf<T> for RecordId<T> {
    fn id(&self) -> &RecordId<T> {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T> IdOf<T> for Record<T> {
    fn id(&self) -> &RecordId<T> {
        &self.id
    }
}

#[diagnostic::do_not_recommend]
impl<T, I: IdOf<T> + ?Sized> IdOf<T> for &I {
    fn id(&self) -> &RecordId<T> {
        (*self).id()
    }
}
