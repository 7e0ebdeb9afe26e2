use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(kind = "curency")]
    total: f64,
    #[clarify(kind = "money")]
    discount: f64,
}

fn main() {}
