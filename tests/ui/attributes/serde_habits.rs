// Cause: serde's words are used.
// Cure: Use the derive's own: `rename` on each field, `skip`, an `Option` or `Vec` for what may be missing.
// Good: It lists what a field can have, at each word.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(default)]
    total: f64,
    #[clarify(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

fn main() {}
