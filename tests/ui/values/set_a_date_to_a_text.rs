// Cause: A date is set to a text.
// Cure: Parse the text first.
// Good: It is at the text, and names the type that is needed.

use clarify_core::Patch;

include!("../objects.rs");

fn example() {
    let _ = Patch::new().set(SalesOrder::ORDERED_ON, "2026-01-05");
}

fn main() {}
