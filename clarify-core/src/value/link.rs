//! The ids of records, which are links where a field holds one.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use clarify_schema::Kind;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use super::id::IdText;
use super::{FieldType, Form, Mismatch, Wire, Writer};
use crate::{ClarifyObject, class};

/// The id of a record of one object. The text is opaque: services differ in what it looks like.
///
/// As a field, `Option<RecordId<Company>>` is a to-one link. An id of one object can't be used for
/// another's:
///
/// ```compile_fail
/// # use clarify_core::{Client, ClarifyObject, RecordId};
/// # #[derive(ClarifyObject)] #[clarify(object = "person")] struct Person { name: Option<String> }
/// # #[derive(ClarifyObject)] #[clarify(object = "company")] struct Company { name: Option<String> }
/// # fn example(client: Client, company: RecordId<Company>) {
/// client.records::<Person>().get(&company);
/// # }
/// ```
pub struct RecordId<T> {
    pub(crate) text: IdText,
    pub(crate) object: PhantomData<fn() -> T>,
}

impl<T> RecordId<T> {
    /// The id that a service gave a record of this object.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self::from_text(id.into().into())
    }

    /// The id of a record that has none yet.
    pub(crate) const fn none() -> Self {
        Self::from_text(IdText::EMPTY)
    }

    pub(crate) const fn from_text(text: IdText) -> Self {
        Self { text, object: PhantomData }
    }

    /// The id's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.text.as_str()
    }
}

impl<T> Clone for RecordId<T> {
    fn clone(&self) -> Self {
        Self::from_text(self.text.clone())
    }
}

impl<T> PartialEq for RecordId<T> {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl<T> Eq for RecordId<T> {}

impl<T> PartialOrd for RecordId<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for RecordId<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl<T> Hash for RecordId<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl<T> Serialize for RecordId<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de, T> Deserialize<'de> for RecordId<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

impl<T> fmt::Debug for RecordId<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl<T> fmt::Display for RecordId<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What a link can point to: every object, and [`User`].
pub trait LinkTarget {
    /// The name of the object.
    const TARGET: &'static str;
}

impl<T: ClarifyObject> LinkTarget for T {
    const TARGET: &'static str = T::NAME;
}

/// A member of the workspace. Users are no records, but deals and tasks link to them:
/// `owner_id: Option<RecordId<User>>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum User {}

impl LinkTarget for User {
    const TARGET: &'static str = "user";
}

impl<T: LinkTarget + 'static> FieldType for RecordId<T> {
    const KIND: Kind = Kind::ToOne;
    const FORM: Form = Form::Text;
    const TARGET: Option<&'static str> = Some(T::TARGET);
    type Class = class::Link;

    fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
        read_id(wire).map(|id| Self::from_text(id.into()))
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        write_id(self.as_str(), out)
    }
}

fn read_id(wire: Wire<'_>) -> Result<&str, Mismatch> {
    match wire {
        Wire::Text(id) if !id.is_empty() => Ok(id),
        // An id is opaque, and a service may count.
        Wire::Json(id) if id.starts_with(|c: char| c.is_ascii_digit()) => Ok(id),
        _ => Err(Mismatch::expected("the id of a record", wire)),
    }
}

fn write_id(id: &str, out: &mut Writer) -> Result<(), Mismatch> {
    if id.is_empty() {
        return Err(Mismatch::new("the id of a record can't be empty"));
    }
    out.text(id);
    Ok(())
}
