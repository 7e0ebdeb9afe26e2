// Cause: A link points to a type that is no object.
// Cure: Derive `ClarifyObject` on it.
// Good: One error, on the type; the note says that a link is to an object.

use clarify_core::{ClarifyObject, RecordId};

struct Plain;

#[derive(ClarifyObject)]
struct SalesOrder {
    order_number: String,
    plain_id: Option<RecordId<Plain>>,
}

fn main() {}
