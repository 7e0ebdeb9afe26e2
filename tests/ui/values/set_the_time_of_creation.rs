// Cause: A record's time of creation is set.
// Cure: Leave it out: the service writes it.
// Good: It says whose the field is.

use clarify_core::{Patch, Record};

include!("../objects.rs");

fn example() {
    let now = jiff::Timestamp::UNIX_EPOCH;
    let _ = Patch::new().set(Record::<SalesOrder>::CREATED_AT, now);
}

fn main() {}
