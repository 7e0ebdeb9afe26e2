// Cause: A field of type `i64` is said to be of the kind `phone_numbers`.
// Cure: Give the field a type that the message names, or leave the kind out.
// Good: It names the types that hold the kind, at the field's type.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(kind = "phone_numbers")]
    value: i64,
}

fn main() {}
