// Cause: A collection is optional.
// Cure: Take the `Option` away.
// Good: It says why it needs none.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    order_number: String,
    contacts: Option<Vec<String>>,
}

fn main() {}
