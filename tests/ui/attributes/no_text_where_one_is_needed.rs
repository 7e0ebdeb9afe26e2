use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(rename)]
    order_number: String,
    #[clarify(kind = currency)]
    total: f64,
}

fn main() {}
