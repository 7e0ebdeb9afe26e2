//! An upsert that has yet to be sent.

use std::fmt;
use std::future::IntoFuture;

use clarify_schema::Text;

use super::operation::Sent;
use super::{Client, Explanation};
use crate::codec::Encoded;
use crate::error::Problem;
use crate::request::{Call, Calls, read, write};
use crate::{Clearable, Error, FieldOf, Record, RecordType};

/// An upsert that has yet to be sent: `.await` it.
///
/// Fields that are `None`, and empty collections, are not mentioned, so a record that is matched
/// keeps its values there. [`clear`](Self::clear) empties a field of it:
///
/// ```no_run
/// # use clarify_core::{Client, ClarifyObject};
/// # #[derive(Debug, ClarifyObject)]
/// # #[clarify(object = "person")]
/// # struct Person { #[clarify(unique)] email_addresses: Vec<String>, title: Option<String> }
/// # async fn example(clarify: Client, taylor: Person) -> Result<(), clarify_core::Error> {
/// clarify.records::<Person>().upsert(&taylor).clear(Person::TITLE).await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent until it is awaited"]
pub struct Upsert<T> {
    client: Client,
    calls: Calls<T>,
    record: Result<Encoded, Vec<Problem>>,
    cleared: Vec<(Text, &'static str)>,
}

impl<T: RecordType> Upsert<T> {
    pub(super) fn new(client: &Client, calls: &Calls<T>, record: &T) -> Self {
        let (client, calls) = (client.clone(), calls.clone());
        let record = calls.encode(record);
        Self { client, calls, record, cleared: Vec::new() }
    }

    /// Empties a field of the record that is matched, whatever it holds there.
    ///
    /// For a field that has a value in the record that is sent, the two would contradict each other:
    /// nothing is sent then, and the error names the field.
    pub fn clear<F: FieldOf<T>>(mut self, field: F) -> Self
    where
        F::Value: Clearable,
    {
        let name = field.name();
        self.cleared.retain(|(known, _)| *known != name);
        self.cleared.push((name, F::Value::CLEARED));
        self
    }

    /// What would be sent.
    ///
    /// # Errors
    ///
    /// When a value can't be sent; the error names its field.
    pub fn explain(self) -> Result<Explanation, Error> {
        let client = self.client.clone();
        Ok(Explanation::of(&client, &self.call()?))
    }

    fn call(self) -> Result<Call, Error> {
        let record = with_cleared(self.record, &self.cleared);
        write::create_one(self.calls.object_ref(), record, true)
    }
}

fn with_cleared(
    record: Result<Encoded, Vec<Problem>>,
    cleared: &[(Text, &'static str)],
) -> Result<Encoded, Vec<Problem>> {
    let mut encoded = record?;
    let mut problems = Vec::new();
    for (name, json) in cleared {
        if encoded.has(name) {
            let detail = "the field is to be cleared, and has a value";
            problems.push(Problem::new(format!("/{name}"), detail));
        } else {
            encoded.push(name, json);
        }
    }
    if problems.is_empty() { Ok(encoded) } else { Err(problems) }
}

impl<T: RecordType> IntoFuture for Upsert<T> {
    type Output = Result<Record<T>, Error>;
    type IntoFuture = Sent<Record<T>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let client = self.client.clone();
            client.send(&self.call()?, read::record).await
        })
    }
}

impl<T> fmt::Debug for Upsert<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upsert").field("calls", &self.calls).finish_non_exhaustive()
    }
}
