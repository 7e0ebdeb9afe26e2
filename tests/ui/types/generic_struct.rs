use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder<T> {
    order_number: T,
}

fn main() {}
