//! A struct against the workspace's object, at run time.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;

use clarify_schema::{Difference, Effect, Object, workspace_differences};

use super::operation::Sent;
use super::{Client, Schemas};
use crate::{ClarifyObject, Error};

/// The check of a struct against the workspace's object, which has yet to be read: `.await` it.
#[must_use = "nothing is checked until it is awaited"]
pub struct Check<T> {
    schemas: Schemas,
    object: PhantomData<fn() -> T>,
}

impl<T> Check<T> {
    pub(super) fn new(client: Client) -> Self {
        Self { schemas: Schemas::new(client), object: PhantomData }
    }
}

impl<T: ClarifyObject> IntoFuture for Check<T> {
    type Output = Result<Agreement, Error>;
    type IntoFuture = Sent<Agreement>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { Ok(Agreement::of(T::OBJECT, self.schemas.await?)) })
    }
}

impl<T> fmt::Debug for Check<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Check").field("schemas", &self.schemas).finish()
    }
}

/// How a struct stands to the workspace's object: every difference, with what it does to the program.
///
/// As a text it has a line for each, and is empty where there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a difference is no error: ask whether it `fits`"]
pub struct Agreement {
    differences: Vec<Difference>,
}

impl Agreement {
    fn of(ours: &Object, mut theirs: Vec<Object>) -> Self {
        theirs.retain(|object| object.name == ours.name);
        Self { differences: workspace_differences(std::slice::from_ref(ours), &theirs) }
    }

    /// Every difference, the harmless ones too.
    #[must_use]
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// Whether nothing breaks: the program reads the workspace's records, and what it sends is taken.
    #[must_use]
    pub fn fits(&self) -> bool {
        !self.differences.iter().any(|difference| difference.effect.breaks())
    }

    /// The worst that a difference does, if there are any.
    #[must_use]
    pub fn effect(&self) -> Option<Effect> {
        self.differences.iter().map(|difference| difference.effect).max()
    }
}

impl fmt::Display for Agreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, difference) in self.differences.iter().enumerate() {
            let line_break = if index > 0 { "\n" } else { "" };
            write!(f, "{line_break}{difference}: {}", difference.effect)?;
        }
        Ok(())
    }
}
