//! The schemas of the workspace.

use std::collections::HashSet;
use std::fmt;
use std::future::IntoFuture;

use clarify_schema::{Field, Object, Text, read_schemas, schema_documents};
use serde_json::Value;

use super::operation::Sent;
use super::{Client, Operation};
use crate::Error;
use crate::request::{Call, SchemaCalls, read};

/// The objects of the workspace: `.await` them to read them, or change them call by call.
///
/// One schema is edited at a time: while another edit is under way the answer is 409, and the call is
/// sent again as the [`RetryPolicy`](crate::RetryPolicy) says. The hosted service may still be at
/// an edit that it has answered.
///
/// ```no_run
/// use clarify_core::schema::{Field, Kind};
///
/// # async fn example(clarify: clarify_core::Client) -> Result<(), clarify_core::Error> {
/// let code = Field::new("customer_code", Kind::Text);
/// clarify.schemas().add_fields("company", &[code]).await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is read until it is awaited"]
pub struct Schemas {
    client: Client,
}

impl Schemas {
    pub(super) const fn new(client: Client) -> Self {
        Self { client }
    }

    /// Makes a custom object with its fields: see [`SchemaCalls::create`].
    pub fn create(self, object: &Object) -> Operation<()> {
        self.edit(SchemaCalls.create(object))
    }

    /// Adds fields to an object: see [`SchemaCalls::add_fields`].
    pub fn add_fields(self, object: &str, fields: &[Field]) -> Operation<()> {
        self.edit(SchemaCalls.add_fields(object, fields))
    }

    /// Adds a relationship: see [`SchemaCalls::add_relationship`].
    pub fn add_relationship(self, sides: [(&str, &Field); 2]) -> Operation<()> {
        self.edit(SchemaCalls.add_relationship(sides))
    }

    /// Removes a relationship with all its links: see [`SchemaCalls::remove_relationship`].
    pub fn remove_relationship(self, object: &str, field: &str) -> Operation<()> {
        self.edit(SchemaCalls.remove_relationship(object, field))
    }

    /// Adds options to a select: see [`SchemaCalls::add_options`].
    pub fn add_options(self, object: &str, field: &str, options: &[Text]) -> Operation<()> {
        self.edit(Ok(SchemaCalls.add_options(object, field, options)))
    }

    /// Takes options from a select, and from records: see [`SchemaCalls::remove_options`].
    pub fn remove_options(self, object: &str, field: &str, options: &[Text]) -> Operation<()> {
        self.edit(Ok(SchemaCalls.remove_options(object, field, options)))
    }

    /// Shows the fields of an object in this order: see [`SchemaCalls::order_fields`].
    pub fn order_fields(self, object: &str, fields: &[Text]) -> Operation<()> {
        self.edit(SchemaCalls.order_fields(object, fields))
    }

    /// Replaces the schema of an object: see [`SchemaCalls::replace`].
    pub fn replace(self, object: &str, document: &Value) -> Operation<()> {
        self.edit(SchemaCalls.replace(object, document))
    }

    /// Reads the JSON Schemas as they stand, with what this version does not know of them, to
    /// [`replace`](Self::replace) one.
    ///
    /// # Errors
    ///
    /// Those of the call.
    pub async fn documents(self) -> Result<Vec<Value>, Error> {
        let pages = read_pages(&self.client).await?;
        Ok(schema_documents(&pages).into_iter().cloned().collect())
    }

    fn edit(self, call: Result<Call, Error>) -> Operation<()> {
        Operation::new(&self.client, call, read::nothing)
    }
}

impl IntoFuture for Schemas {
    type Output = Result<Vec<Object>, Error>;
    type IntoFuture = Sent<Vec<Object>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { read_all(&self.client).await })
    }
}

impl fmt::Debug for Schemas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schemas").field("client", &self.client).finish()
    }
}

async fn read_all(client: &Client) -> Result<Vec<Object>, Error> {
    let pages = read_pages(client).await?;
    read_schemas(&pages).map_err(|error| read::unreadable_schema(&SchemaCalls.list(), &error))
}

/// Reads page after page. A link that was followed before ends it: a service may go round in circles.
async fn read_pages(client: &Client) -> Result<Vec<Value>, Error> {
    let mut pages: Vec<Value> = Vec::new();
    let mut followed = HashSet::new();
    let mut next: Option<Call> = Some(SchemaCalls.list());
    while let Some(call) = next.filter(|call| followed.insert(call.query.clone())) {
        let page = client.send(&call, read::document).await?;
        next = SchemaCalls.next(&page);
        pages.push(page);
    }
    Ok(pages)
}
