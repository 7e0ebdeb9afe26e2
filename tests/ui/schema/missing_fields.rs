// Cause: The struct lacks fields that every record must have.
// Cure: Add them.
// Good: One message names all of them, and the file that says what they are.

use clarify_core::{ClarifyObject, RecordId};

#[derive(ClarifyObject)]
#[clarify(object = "c_line")]
struct Line {
    order_id: Option<RecordId<Order>>,
}

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: String,
}

fn main() {}
