//! Changes to a record.

mod between;
mod change;
mod field;

use std::fmt;
use std::marker::PhantomData;

use clarify_schema::Text;

use change::Change;
pub(crate) use change::{Changes, Manner};
pub use field::{Appendable, Clearable, FieldOf, PatchOf, Writable};

use crate::SetTo;
use crate::error::Problem;
use crate::value::{FieldShape, Mismatch, Writer};

/// A change to a record of the object `T`: some fields set, some cleared, all others kept.
///
/// ```
/// # use clarify_core::{ClarifyObject, Patch};
/// # #[derive(ClarifyObject)]
/// # #[clarify(object = "person")]
/// # struct Person { title: Option<String>, company_name: Option<String>, email_addresses: Vec<String>, labels: Vec<String> }
/// let patch: Patch<Person> = Patch::new()
///     .set(Person::TITLE, "Chief Revenue Officer")
///     .set(Person::EMAIL_ADDRESSES, ["taylor@example.com"])
///     .append(Person::LABELS, ["champion"])
///     .clear(Person::COMPANY_NAME);
/// assert_eq!(
///     patch.to_string(),
///     r#"{"title":"Chief Revenue Officer","email_addresses":{"items":["taylor@example.com"]},"labels":{"items":["champion"]},"company_name":null}"#,
/// );
/// ```
///
/// An empty patch changes nothing, and nothing is sent for it.
#[must_use = "a patch does nothing until a record is updated with it"]
pub struct Patch<T> {
    changes: Vec<Change>,
    object: PhantomData<fn() -> T>,
}

impl<T> Patch<T> {
    /// A patch that changes nothing yet.
    pub fn new() -> Self {
        Self::of(Vec::new())
    }

    fn of(changes: Vec<Change>) -> Self {
        Self { changes, object: PhantomData }
    }

    /// Sets a field. A collection is replaced as a whole.
    ///
    /// A value that the API can't hold, such as a number with five digits after the point, is
    /// reported when the patch is sent, with the field's name.
    pub fn set<F: FieldOf<T>>(self, field: F, value: impl SetTo<F::Value>) -> Self
    where
        F::Value: Writable,
    {
        self.write(field.name(), Manner::Replace, &value.into_field())
    }

    /// Clears a field: afterwards it has no value.
    pub fn clear<F: FieldOf<T>>(self, field: F) -> Self
    where
        F::Value: Clearable,
    {
        self.change(field.name(), Manner::Replace, Ok(F::Value::CLEARED.to_owned()))
    }

    /// Adds items to a collection that it does not have yet. Those that it has stay as they are, so
    /// this may be repeated. (`meta` of the update: `{"<field>": {"collection": "append"}}`)
    ///
    /// One update either adds to a field or takes from it: with both, nothing is sent, and the
    /// error names the field.
    pub fn append<F: FieldOf<T>>(self, field: F, items: impl SetTo<F::Value>) -> Self
    where
        F::Value: Appendable,
    {
        self.write(field.name(), Manner::Append, &items.into_field())
    }

    /// Takes items out of a collection; those that it does not have are no error.
    /// (`meta` of the update: `{"<field>": {"collection": "remove"}}`)
    pub fn remove<F: FieldOf<T>>(self, field: F, items: impl SetTo<F::Value>) -> Self
    where
        F::Value: Appendable,
    {
        self.write(field.name(), Manner::Remove, &items.into_field())
    }

    /// Whether nothing is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    fn write<V: FieldShape>(self, name: Text, manner: Manner, value: &V) -> Self {
        self.change(name, manner, Writer::one(|out| value.write(out)))
    }

    /// The last word on a field counts; but of items to add, and of items to take away, all.
    fn change(mut self, name: Text, manner: Manner, json: Result<String, Mismatch>) -> Self {
        let mut change = Change { name, manner, json };
        let earlier = self.changes.iter().position(|earlier| earlier.name == change.name);
        if let Some(index) = earlier {
            change = self.changes.remove(index).and_then(change);
        }
        self.changes.push(change);
        self
    }

    /// What is to be sent, or what can't be.
    pub(crate) fn encode(&self) -> Result<Changes, Vec<Problem>> {
        let problems: Vec<_> = self.changes.iter().filter_map(Change::problem).collect();
        if problems.is_empty() { Ok(Changes::of(&self.changes)) } else { Err(problems) }
    }
}

impl<T> Default for Patch<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Clone for Patch<T> {
    fn clone(&self) -> Self {
        Self::of(self.changes.clone())
    }
}

impl<T> fmt::Debug for Patch<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Patch({self})")
    }
}

impl<T> fmt::Display for Patch<T> {
    /// The attributes that are sent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&change::attributes(&self.changes))
    }
}
