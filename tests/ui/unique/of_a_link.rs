// Cause: A link is unique.
// Cure: Mark a text, a number or a collection of texts.
// Good: It says what can be unique, on the type.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(unique)]
    other_id: Option<clarify_core::RecordId<clarify_core::User>>,
}

fn main() {}
