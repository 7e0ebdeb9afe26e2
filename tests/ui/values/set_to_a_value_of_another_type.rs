// Cause: A field is set to a value of another type.
// Cure: Use a value of its own type.
// Good: It is at the value, and names the type that is needed.

use clarify_core::Patch;

include!("../objects.rs");

fn example() {
    let _ = Patch::new().set(SalesOrder::TOTAL, "5");
}

fn main() {}
