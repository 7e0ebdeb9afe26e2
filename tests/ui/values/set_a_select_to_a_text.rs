// Cause: A select is set to a text.
// Cure: Use the variant.
// Good: It is at the text, and names the enum.

use clarify_core::Patch;

include!("../objects.rs");

fn example() {
    let _ = Patch::new().set(SalesOrder::STATUS, "Draft");
}

fn main() {}
