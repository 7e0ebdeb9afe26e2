//! The schemas of the workspace.

use std::collections::HashSet;
use std::fmt;
use std::future::IntoFuture;

use clarify_schema::{Object, read_schemas};
use serde_json::Value;

use super::Client;
use super::operation::Sent;
use crate::Error;
use crate::request::{Call, SchemaCalls, read};

/// The objects of the workspace, which have yet to be read: `.await` them.
#[must_use = "nothing is read until it is awaited"]
pub struct Schemas {
    client: Client,
}

impl Schemas {
    pub(super) const fn new(client: Client) -> Self {
        Self { client }
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

/// Reads page after page. A link that was followed before ends it: a service may go round in circles.
async fn read_all(client: &Client) -> Result<Vec<Object>, Error> {
    let first = SchemaCalls.list();
    let mut pages: Vec<Value> = Vec::new();
    let mut followed = HashSet::new();
    let mut next: Option<Call> = Some(first.clone());
    while let Some(call) = next.filter(|call| followed.insert(call.query.clone())) {
        let page = client.send(&call, read::document).await?;
        next = SchemaCalls.next(&page);
        pages.push(page);
    }
    read_schemas(&pages).map_err(|error| read::unreadable_schema(&first, &error))
}
