use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    order_number: String,
    amounts: Vec<f64>,
}

fn main() {}
