use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(unique)]
    order_number: String,
    #[clarify(unique)]
    invoice_number: String,
}

fn main() {}
