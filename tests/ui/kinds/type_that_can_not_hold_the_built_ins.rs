// Cause: A built-in's fields have types of other kinds.
// Cure: Give each a type that the message names.
// Good: It names the types that hold the kind, on each field's type.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "person")]
struct Person {
    email_addresses: String,
    title: Option<f64>,
}

fn main() {}
