// Cause: A patch of one object clears a field of another.
// Cure: Clear a field of its own.
// Good: It says that the field is another object's.

use clarify_core::Patch;

include!("../objects.rs");

fn example() {
    let _ = Patch::<SalesOrder>::new().clear(Company::NAME);
}

fn main() {}
