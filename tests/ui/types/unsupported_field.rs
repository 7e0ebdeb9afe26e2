use clarify_core::ClarifyObject;

struct Money(f64);

#[derive(ClarifyObject)]
struct SalesOrder {
    order_number: String,
    total: Money,
}

fn main() {}
