use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder(String, f64);

fn main() {}
