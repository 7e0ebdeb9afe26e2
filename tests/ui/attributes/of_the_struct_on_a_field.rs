// Cause: An argument of structs stands on a field.
// Cure: Move it to the struct.
// Good: It says where the argument belongs.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(object = "c_order")]
    number: String,
}

fn main() {}
