use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    order_number: String,
    #[clarify(extra)]
    rest: Vec<String>,
}

fn main() {}
