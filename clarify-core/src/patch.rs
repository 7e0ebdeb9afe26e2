//! Changes to a record.

use std::fmt;
use std::marker::PhantomData;

use crate::error::Problem;
use crate::value::{FieldShape, FieldType, Mismatch, Writer};
use crate::{Field, SetTo};

/// A change to a record of the object `T`: some fields set, some cleared, all others kept.
///
/// ```
/// # use clarify_core::{ClarifyObject, Patch};
/// # #[derive(ClarifyObject)]
/// # #[clarify(object = "person")]
/// # struct Person { title: Option<String>, company_name: Option<String>, email_addresses: Vec<String> }
/// let patch: Patch<Person> = Patch::new()
///     .set(Person::TITLE, "Chief Revenue Officer")
///     .set(Person::EMAIL_ADDRESSES, ["taylor@example.com"])
///     .clear(Person::COMPANY_NAME);
/// assert_eq!(
///     patch.to_string(),
///     r#"{"title":"Chief Revenue Officer","email_addresses":{"items":["taylor@example.com"]},"company_name":null}"#,
/// );
/// ```
#[must_use = "a patch does nothing until a record is updated with it"]
pub struct Patch<T> {
    changes: Vec<(&'static str, Result<String, Mismatch>)>,
    object: PhantomData<fn() -> T>,
}

impl<T> Patch<T> {
    /// A patch that changes nothing yet.
    pub fn new() -> Self {
        Self { changes: Vec::new(), object: PhantomData }
    }

    /// Sets a field. A collection is replaced as a whole.
    ///
    /// A value that the API can't hold, such as a number with five digits after the point, is
    /// reported when the patch is sent, with the field's name.
    pub fn set<F: FieldOf<T>>(self, field: F, value: impl SetTo<F::Value>) -> Self
    where
        F::Value: Writable,
    {
        let value = value.into_field();
        self.change(field.name(), Writer::one(|out| value.write(out)))
    }

    /// Clears a field: afterwards it has no value.
    pub fn clear<F: FieldOf<T>>(self, field: F) -> Self
    where
        F::Value: Clearable,
    {
        self.change(field.name(), Ok(F::Value::CLEARED.to_owned()))
    }

    /// Whether nothing is set or cleared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    fn change(mut self, name: &'static str, json: Result<String, Mismatch>) -> Self {
        self.changes.retain(|(earlier, _)| *earlier != name);
        self.changes.push((name, json));
        self
    }

    /// The attributes to send, as a JSON object.
    pub(crate) fn encode(&self) -> Result<Vec<u8>, Vec<Problem>> {
        let problems: Vec<_> = self.changes.iter().filter_map(problem).collect();
        if problems.is_empty() { Ok(self.to_string().into_bytes()) } else { Err(problems) }
    }
}

fn problem((name, value): &(&'static str, Result<String, Mismatch>)) -> Option<Problem> {
    let mismatch = value.as_ref().err()?;
    Some(Problem::new(format!("/{name}"), mismatch.to_string()))
}

impl<T> Default for Patch<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Clone for Patch<T> {
    fn clone(&self) -> Self {
        Self { changes: self.changes.clone(), object: PhantomData }
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
        let sent = self.changes.iter().filter_map(|(name, json)| Some((name, json.as_ref().ok()?)));
        f.write_str("{")?;
        for (index, (name, json)) in sent.enumerate() {
            let comma = if index > 0 { "," } else { "" };
            write!(f, "{comma}\"{name}\":{json}")?;
        }
        f.write_str("}")
    }
}

/// What a record of `T` can be changed by: a [`Patch`] of `T`.
#[diagnostic::on_unimplemented(
    message = "a record can only be changed by a patch of its own object",
    label = "changes fields of another object"
)]
pub trait PatchOf<T> {
    /// The patch.
    fn patch(&self) -> &Patch<T>;
}

#[diagnostic::do_not_recommend]
impl<T> PatchOf<T> for Patch<T> {
    fn patch(&self) -> &Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T> PatchOf<T> for &Patch<T> {
    fn patch(&self) -> &Patch<T> {
        self
    }
}

/// What a patch of `T` can change: a [`Field`] of `T`.
#[diagnostic::on_unimplemented(
    message = "a patch can only change fields of its own object",
    label = "a field of another object"
)]
pub trait FieldOf<T> {
    /// The field's type.
    type Value: FieldShape;

    /// The field's name on the wire.
    fn name(&self) -> &'static str;
}

#[diagnostic::do_not_recommend]
impl<T, V: FieldShape> FieldOf<T> for Field<T, V> {
    type Value = V;

    fn name(&self) -> &'static str {
        Self::name(*self)
    }
}

/// The type of a field that programs write, and not the service alone.
#[diagnostic::on_unimplemented(
    message = "only the service writes this field",
    label = "a read-only field"
)]
pub trait Writable {}

#[diagnostic::do_not_recommend]
impl<V: FieldType> Writable for V {}

#[diagnostic::do_not_recommend]
impl<V> Writable for Option<V> {}

#[diagnostic::do_not_recommend]
impl<V> Writable for Vec<V> {}

/// The type of a field that programs may empty: an `Option`, or a collection.
#[diagnostic::on_unimplemented(
    message = "this field can't be cleared: it is required, or only the service writes it",
    label = "not an `Option`, and not a collection"
)]
pub trait Clearable: FieldShape {
    /// What is sent to clear it.
    #[doc(hidden)]
    const CLEARED: &'static str;
}

#[diagnostic::do_not_recommend]
impl<V> Clearable for Option<V>
where
    Self: FieldShape,
{
    const CLEARED: &'static str = "null";
}

#[diagnostic::do_not_recommend]
impl<V> Clearable for Vec<V>
where
    Self: FieldShape,
{
    const CLEARED: &'static str = "{\"items\":[]}";
}
