//! Changes to a record.

use std::fmt;
use std::marker::PhantomData;

use crate::error::Problem;
use crate::value::{FieldShape, Mismatch, Writer};
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
    pub fn set<V: FieldShape>(self, field: Field<T, V>, value: impl SetTo<V>) -> Self {
        let value = value.into_field();
        self.change(field.name(), Writer::one(|out| value.write(out)))
    }

    /// Clears a field: afterwards it has no value.
    pub fn clear<V: Clearable>(self, field: Field<T, V>) -> Self {
        self.change(field.name(), Ok(V::CLEARED.to_owned()))
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

/// The type of a field that may be without a value: an `Option`, or a collection.
#[diagnostic::on_unimplemented(
    message = "this field is required: it can be set, but not cleared",
    label = "always has a value"
)]
pub trait Clearable: FieldShape {
    /// What is sent to clear it.
    #[doc(hidden)]
    const CLEARED: &'static str;
}

impl<V> Clearable for Option<V>
where
    Self: FieldShape,
{
    const CLEARED: &'static str = "null";
}

impl<V> Clearable for Vec<V>
where
    Self: FieldShape,
{
    const CLEARED: &'static str = "{\"items\":[]}";
}
