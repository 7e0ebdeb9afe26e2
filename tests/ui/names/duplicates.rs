use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    order_number: String,
    #[clarify(rename = "order_number")]
    number: String,
}

fn main() {}
