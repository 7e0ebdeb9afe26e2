// Cause: The extra field is renamed.
// Cure: Take the `rename` away: the field has no name on the wire.
// Good: It names both arguments.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    order_number: String,
    #[clarify(extra, rename = "rest")]
    rest: std::collections::BTreeMap<String, serde_json::Value>,
}

fn main() {}
