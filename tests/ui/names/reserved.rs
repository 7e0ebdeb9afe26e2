// Cause: Fields bear names that the API keeps for itself.
// Cure: Take them away: `Record` has them.
// Good: It says where each is found.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    id: String,
    r#type: String,
    _created_at: String,
}

fn main() {}
