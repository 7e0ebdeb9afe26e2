use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(unique, unique)]
    order_number: String,
}

fn main() {}
