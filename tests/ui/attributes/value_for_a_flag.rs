use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(unique = true)]
    order_number: String,
}

fn main() {}
