// Cause: A collection is set to one value.
// Cure: Set it to an array.
// Good: The note says what a collection is set to.

use clarify_core::Patch;

include!("../objects.rs");

fn example() {
    let _ = Patch::new().set(Company::DOMAINS, "example.com");
}

fn main() {}
