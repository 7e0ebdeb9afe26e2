//! Where a row stands in its file.

use std::fmt;
use std::num::NonZeroU64;

use serde::Serialize;

/// Where a row stands in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub(crate) struct Place {
    /// The line that it begins in, from 1 on.
    pub(crate) line: u64,
    /// Which item of a JSON array it is, from 1 on: all may be in one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) item: Option<NonZeroU64>,
}

impl Place {
    pub(crate) const fn line(line: u64) -> Self {
        Self { line, item: None }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.item {
            Some(item) => write!(f, "item {item} (line {})", self.line),
            None => write!(f, "line {}", self.line),
        }
    }
}
