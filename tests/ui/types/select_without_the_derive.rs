use clarify_core::ClarifyObject;

enum Status {
    Draft,
}

#[derive(ClarifyObject)]
struct SalesOrder {
    order_number: String,
    status: Option<Status>,
}

fn main() {}
