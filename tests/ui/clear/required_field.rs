// Cause: A field that is always there is cleared.
// Cure: Set it, or make it an `Option`.
// Good: It says why it can't be, at the field.

use clarify_core::Patch;

include!("../objects.rs");

fn example() {
    let _ = Patch::new().clear(SalesOrder::ORDER_NUMBER);
}

fn main() {}
