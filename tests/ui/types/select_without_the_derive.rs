// Cause: A field is of an enum that derives nothing.
// Cure: Derive `ClarifySelect` on it.
// Good: One error, on the type; the note names the derive.

use clarify_core::ClarifyObject;

enum Status {
    Draft,
}

#[derive(ClarifyObject)]
struct SalesOrder {
    order_number: String,
    status: Option<Status>,
}

fn main() {}
