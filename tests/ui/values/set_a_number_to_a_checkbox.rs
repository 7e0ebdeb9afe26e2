// Cause: A number is set to a truth value.
// Cure: Use a number.
// Good: It is at the value.

use clarify_core::Patch;

include!("../objects.rs");

fn example() {
    let _ = Patch::new().set(SalesOrder::TOTAL, true);
}

fn main() {}
