// Cause: Options of the enum are spelled otherwise in the workspace.
// Cure: Spell them as the message does.
// Good: It shows how each is spelled, at the field that uses the enum.

use clarify_core::{ClarifyObject, ClarifySelect};

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: String,
    status: Option<Status>,
}

#[derive(ClarifySelect)]
enum Status {
    Draft,
    #[clarify(rename = "submitted")]
    Submitted,
    OnHold,
}

fn main() {}
