use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(extra)]
    rest: std::collections::BTreeMap<String, serde_json::Value>,
    #[clarify(extra)]
    more: std::collections::BTreeMap<String, serde_json::Value>,
}

fn main() {}
