use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    id: String,
    r#type: String,
    _created_at: String,
}

fn main() {}
