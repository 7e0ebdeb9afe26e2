use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(unique, kind = "currency")]
    total: f64,
}

fn main() {}
