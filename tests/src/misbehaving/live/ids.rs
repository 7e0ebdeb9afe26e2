//! The ids of the service and those that clients see.
//!
//! An id of the service is a prefix and a ULID, whose 128 bits make the UUID. The prefix follows
//! from the object, so both directions hold without anything being kept, and a second server in
//! front of the same service shows the same ids. Other ids, which tests give to records, get a UUID
//! from their hash and are remembered.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ulid::Ulid;

use crate::misbehaving::chance;

/// Ids that were given by hand, by the UUIDs that they are shown as.
#[derive(Debug, Default)]
pub(super) struct Ids {
    given: Mutex<HashMap<u128, String>>,
}

impl Ids {
    fn given(&self) -> MutexGuard<'_, HashMap<u128, String>> {
        self.given.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What clients see for an id of the service. What is a UUID already stays.
    pub(super) fn shown(&self, prefix: &str, id: &str) -> String {
        if let Some(bits) = ulid(prefix, id) {
            return format_uuid(bits);
        }
        if uuid(id).is_some() {
            return id.to_owned();
        }
        let bits = hashed(id);
        self.given().insert(bits, id.to_owned());
        format_uuid(bits)
    }

    /// Whether a text is an id of the service, and not by chance.
    pub(super) fn is_one(&self, prefix: &str, text: &str) -> bool {
        ulid(prefix, text).is_some() || self.given().get(&hashed(text)).is_some_and(|id| id == text)
    }

    /// The id of the service that clients see as `shown`; none where that is no UUID.
    pub(super) fn kept(&self, prefix: &str, shown: &str) -> Option<String> {
        let bits = uuid(shown)?;
        let given = self.given().get(&bits).cloned();
        Some(given.unwrap_or_else(|| {
            format!("{prefix}{}", Ulid::from_bytes(bits.to_be_bytes()).to_string())
        }))
    }
}

/// The moment that an id of the service was made, in milliseconds since the epoch.
pub(super) fn made_at(prefix: &str, id: &str) -> Option<u64> {
    ulid(prefix, id).map(|bits| Ulid::from_bytes(bits.to_be_bytes()).timestamp_ms())
}

fn ulid(prefix: &str, id: &str) -> Option<u128> {
    let rest = id.strip_prefix(prefix)?;
    let ulid = Ulid::from_string(rest).ok().filter(|ulid| ulid.to_string() == rest)?;
    Some(u128::from_be_bytes(ulid.to_bytes()))
}

/// With the marks of a random UUID, as which it passes any check.
fn hashed(id: &str) -> u128 {
    let high = u128::from(chance::hash(id.as_bytes()));
    let low = u128::from(chance::hash(format!("{id}\u{0}").as_bytes()));
    let bits = (high << 64) | low;
    bits & !(0xf000 << 64) & !(0xc << 60) | (0x4000 << 64) | (0x8 << 60)
}

fn format_uuid(bits: u128) -> String {
    let part = |shift: u32, digits: u32| (bits >> shift) & ((1 << (4 * digits)) - 1);
    let (a, b, c, d, e) = (part(96, 8), part(80, 4), part(64, 4), part(48, 4), part(0, 12));
    format!("{a:08x}-{b:04x}-{c:04x}-{d:04x}-{e:012x}")
}

fn uuid(text: &str) -> Option<u128> {
    let lengths = text.split('-').map(str::len);
    let hex = text.replace('-', "");
    let good = lengths.eq([8, 4, 4, 4, 12]) && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    good.then(|| u128::from_str_radix(&hex, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_the_service_is_a_uuid_and_comes_back_from_it() {
        let id = format!("per_{}", Ulid::generate());
        let shown = Ids::default().shown("per_", &id);
        assert_eq!(shown.len(), 36);
        assert_eq!(Ids::default().kept("per_", &shown).as_deref(), Some(&*id));
        assert_eq!(Ids::default().kept("per_", &shown.to_uppercase()).as_deref(), Some(&*id));
    }

    #[test]
    fn an_id_that_was_given_is_remembered() {
        let ids = Ids::default();
        let shown = ids.shown("per_", "per_1");
        let bytes = shown.as_bytes();
        assert!(bytes[14] == b'4' && b"89ab".contains(&bytes[19]), "{shown}");
        assert_eq!(ids.kept("per_", &shown).as_deref(), Some("per_1"));
        assert_eq!(ids.shown("per_", &shown), shown);
    }

    #[test]
    fn what_is_no_uuid_is_nobodys() {
        for text in ["", "per_1", "00000000000000000000000000000000", "0000-0000"] {
            assert_eq!(Ids::default().kept("per_", text), None, "{text}");
        }
    }
}
