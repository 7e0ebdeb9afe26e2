// Cause: A field of type `f64` is said to be of the kind `text`.
// Cure: Give the field a type that the message names, or leave the kind out.
// Good: It names the types that hold the kind, at the field's type.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(kind = "text")]
    value: f64,
}

fn main() {}
