//! Where a list was left.

use std::fmt;
use std::str::FromStr;

use serde_core::de::{Deserialize, Deserializer, Error as _};
use serde_core::ser::{Serialize, Serializer};

use crate::Error;
use crate::request::Call;

/// Where the reading of a list was left, to go on there later: [`Pages::token`](super::Pages::token),
/// [`List::resume`](super::List::resume). It is a short text, and tells nothing of what is filtered
/// by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListToken {
    offset: u64,
    list: u64,
}

impl ListToken {
    pub(super) fn new(call: &Call, offset: u64) -> Self {
        Self { offset, list: fingerprint(call) }
    }

    /// Where to go on in the list of this call, if the token is of that list.
    pub(super) fn offset_in(&self, call: &Call) -> Result<u64, Error> {
        match self.list == fingerprint(call) {
            true => Ok(self.offset),
            false => Err(Error::config(
                "the token is of another list: of another object, or with other filters or another sort",
            )),
        }
    }
}

/// What makes the list of a call another one: all but the page. The same for the same list in any
/// version of this library, since tokens are kept (FNV-1a).
fn fingerprint(call: &Call) -> u64 {
    let kept = call
        .query
        .split('&')
        .filter(|part| !part.starts_with("page") && !part.starts_with("fields"));
    let bytes =
        call.path.bytes().chain(kept.flat_map(|part| [b'&'].into_iter().chain(part.bytes())));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

impl fmt::Display for ListToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:016x}", self.offset, self.list)
    }
}

impl FromStr for ListToken {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let read = || {
            let (offset, list) = text.trim().split_once('-')?;
            Some(Self { offset: offset.parse().ok()?, list: u64::from_str_radix(list, 16).ok()? })
        };
        read().ok_or_else(|| Error::config(format!("`{text}` is no token of a list")))
    }
}

impl Serialize for ListToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ListToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
