// Cause: A field is both the extra one and skipped.
// Cure: Keep what is meant.
// Good: It names both arguments.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    number: String,
    #[clarify(extra, skip)]
    more: std::collections::BTreeMap<String, serde_json::Value>,
}

fn main() {}
