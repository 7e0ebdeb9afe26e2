//! The ids of new records.

use std::sync::{Mutex, PoisonError};

use clarify_schema::Object;
use ulid::{Generator, ULID_LEN, Ulid};

use crate::contract::IdForm;

/// One for the process, so that no two services in it make the same id. Its time is the machine's,
/// whatever a store's clock was set to: ids go up.
static GENERATOR: Mutex<Generator> = Mutex::new(Generator::new());

/// A new id, greater than every other that was made in this process in the same form and with the
/// same prefix.
pub(super) fn new(object: &Object, form: IdForm) -> String {
    let ulid = next();
    match form {
        IdForm::Prefixed => {
            let mut id = object.id_prefix().to_owned();
            id.push_str(ulid.array_to_str(&mut [0; ULID_LEN]));
            id
        }
        IdForm::Uuid => uuid(ulid),
    }
}

/// The id of a task that is shown once and kept nowhere.
pub(super) fn task() -> String {
    uuid(next())
}

fn next() -> Ulid {
    let mut generator = GENERATOR.lock().unwrap_or_else(PoisonError::into_inner);
    match generator.generate() {
        Ok(ulid) => ulid,
        // All the random bits of this millisecond are used up.
        Err(overflow) => overflow.commit_overflow_increment(),
    }
}

/// A UUID of version 7 begins with the same milliseconds. Of the 80 random bits of a ULID it has room
/// for the lower 74, which are those that count up.
fn uuid(ulid: Ulid) -> String {
    let (time, random) = (ulid.timestamp_ms(), ulid.random());
    let (high, low) = (random >> 62 & 0xfff, random & 0x3fff_ffff_ffff_ffff);
    let (start, middle) = (time >> 16, time & 0xffff);
    let (variant, node) = (0x8000 | low >> 48, low & 0xffff_ffff_ffff);
    format!("{start:08x}-{middle:04x}-7{high:03x}-{variant:04x}-{node:012x}")
}

#[cfg(test)]
mod tests {
    use clarify_schema::PERSON;

    use super::*;

    fn increasing(form: IdForm) -> Vec<String> {
        let ids: Vec<_> = (0..1000).map(|_| new(&PERSON, form)).collect();
        assert!(ids.iter().zip(ids.iter().skip(1)).all(|(a, b)| a < b), "{ids:?}");
        ids
    }

    #[test]
    fn ids_are_strictly_increasing() {
        let ids = increasing(IdForm::Prefixed);
        assert!(ids.iter().all(|id| id.starts_with("per_") && id.len() == 30));
        let ids = increasing(IdForm::Uuid);
        let good = |id: &String| {
            let bytes = id.as_bytes();
            bytes.len() == 36 && bytes[14] == b'7' && b"89ab".contains(&bytes[19])
        };
        assert!(ids.iter().all(good), "{ids:?}");
    }

    #[test]
    fn a_uuid_has_the_bits_of_its_ulid() {
        let ulid = Ulid::from_parts(0x0123_4567_89ab, (0xabc << 62) | 0x1122_3344_5566_7788);
        assert_eq!(uuid(ulid), "01234567-89ab-7abc-9122-334455667788");
    }
}
