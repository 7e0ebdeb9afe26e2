// Cause: A field is set to an `Option`.
// Cure: Set it to the value, or clear it.
// Good: The note says how each is done.

use clarify_core::Patch;

include!("../objects.rs");

fn example() {
    let _ = Patch::new().set(SalesOrder::TOTAL, Some(5.0));
}

fn main() {}
