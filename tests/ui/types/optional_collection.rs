use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    order_number: String,
    contacts: Option<Vec<String>>,
}

fn main() {}
