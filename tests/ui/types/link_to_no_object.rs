use clarify_core::{ClarifyObject, RecordId};

struct Plain;

#[derive(ClarifyObject)]
struct SalesOrder {
    order_number: String,
    plain_id: Option<RecordId<Plain>>,
}

fn main() {}
