use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(rename = "order-number")]
    order_number: String,
    größe: f64,
    #[clarify(rename = "")]
    empty: f64,
}

fn main() {}
