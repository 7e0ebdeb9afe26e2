use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(uniqe)]
    order_number: String,
}

fn main() {}
