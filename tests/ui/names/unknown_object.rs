// Cause: An object is named that there is not.
// Cure: Use a built-in, or a name that begins with `c_`.
// Good: It guesses the built-in, or makes the custom name.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "persn")]
struct Contact {
    name: Option<String>,
}

#[derive(ClarifyObject)]
#[clarify(object = "Sales Order")]
struct Order {
    number: Option<String>,
}

fn main() {}
