// Cause: Something is appended to a text.
// Cure: Set the whole text; only a collection has items.
// Good: It says that the field is no collection, and what to use.

use clarify_core::Patch;

include!("../objects.rs");

fn example() {
    let _ = Patch::new().append(SalesOrder::ORDER_NUMBER, "-2");
}

fn main() {}
