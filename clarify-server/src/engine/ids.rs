//! The ids of new records.

use std::sync::{Mutex, PoisonError};

use clarify_schema::Object;
use ulid::Generator;

/// One for the process, so that no two services in it make the same id.
static GENERATOR: Mutex<Generator> = Mutex::new(Generator::new());

/// A new id, greater than every other that was made in this process with the same prefix.
pub(super) fn new(object: &Object) -> String {
    let mut generator = GENERATOR.lock().unwrap_or_else(PoisonError::into_inner);
    let ulid = match generator.generate() {
        Ok(ulid) => ulid,
        // All the random bits of this millisecond are used up.
        Err(overflow) => overflow.commit_overflow_increment(),
    };
    format!("{}{ulid}", object.id_prefix())
}

#[cfg(test)]
mod tests {
    use clarify_schema::PERSON;

    #[test]
    fn ids_are_strictly_increasing() {
        let ids: Vec<_> = (0..1000).map(|_| super::new(&PERSON)).collect();
        assert!(ids.iter().zip(ids.iter().skip(1)).all(|(a, b)| a < b));
        assert!(ids.iter().all(|id| id.starts_with("per_") && id.len() == 30));
    }
}
