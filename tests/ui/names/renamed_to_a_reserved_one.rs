// Cause: A field is renamed to `id`.
// Cure: Take the field away.
// Good: It says where the id is, at the text.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(rename = "id")]
    number: String,
}

fn main() {}
