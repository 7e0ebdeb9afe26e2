// Cause: Two fields are the extra one.
// Cure: Keep one map.
// Good: It is at the second, and says that one holds all.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(extra)]
    rest: std::collections::BTreeMap<String, serde_json::Value>,
    #[clarify(extra)]
    more: std::collections::BTreeMap<String, serde_json::Value>,
}

fn main() {}
