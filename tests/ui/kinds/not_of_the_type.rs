use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(kind = "currency")]
    total: String,
    #[clarify(kind = "email_addresses")]
    contact: Option<String>,
}

fn main() {}
