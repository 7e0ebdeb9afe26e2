// Cause: A field is set to `None`.
// Cure: Use `clear`.
// Good: The note says that `clear` empties a field.

use clarify_core::Patch;

include!("../objects.rs");

fn example() {
    let _ = Patch::new().set(SalesOrder::TOTAL, None);
}

fn main() {}
