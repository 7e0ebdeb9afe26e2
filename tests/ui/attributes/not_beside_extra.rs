use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    order_number: String,
    #[clarify(extra, rename = "rest")]
    rest: std::collections::BTreeMap<String, serde_json::Value>,
}

fn main() {}
