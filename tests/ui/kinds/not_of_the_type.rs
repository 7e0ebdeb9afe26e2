// Cause: Fields are said to be of kinds that their types can't hold.
// Cure: Give each a type that the message names.
// Good: It names the types that hold the kind, on each field's type.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(kind = "currency")]
    total: String,
    #[clarify(kind = "email_addresses")]
    contact: Option<String>,
}

fn main() {}
