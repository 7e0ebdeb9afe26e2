// Cause: An option is removed from a select that holds one.
// Cure: Clear the field, or set another option.
// Good: It says that the field is no collection.

use clarify_core::Patch;

include!("../objects.rs");

fn example() {
    let _ = Patch::new().remove(SalesOrder::STATUS, Status::Draft);
}

fn main() {}
