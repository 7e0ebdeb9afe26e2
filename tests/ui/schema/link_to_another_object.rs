// Cause: A link leads to another object than in the workspace.
// Cure: Make it a `RecordId` of the other object's struct.
// Good: It names both objects.

use clarify_core::{ClarifyObject, RecordId};

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: String,
    company_id: Option<RecordId<Person>>,
}

#[derive(ClarifyObject)]
#[clarify(object = "person")]
struct Person {
    title: Option<String>,
}

fn main() {}
