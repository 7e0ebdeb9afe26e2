// Cause: A field of type `String` is said to be of the kind `date`.
// Cure: Give the field a type that the message names, or leave the kind out.
// Good: It names the types that hold the kind, at the field's type.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(kind = "date")]
    value: String,
}

fn main() {}
