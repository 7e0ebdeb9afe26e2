// Cause: A collection of selects is set to texts.
// Cure: Use the variants.
// Good: It is at the collection, and names its type.

use clarify_core::Patch;

include!("../objects.rs");

fn example() {
    let _ = Patch::new().set(SalesOrder::MARKS, ["Draft"]);
}

fn main() {}
