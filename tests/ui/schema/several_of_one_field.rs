// Cause: One field is wrong in three ways.
// Cure: Mend each.
// Good: One message has all three, each with its cure.

use clarify_core::{ClarifyObject, ClarifySelect};

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: String,
    status: Status,
}

#[derive(ClarifySelect)]
enum Status {
    Draft,
    Submitted,
    #[clarify(rename = "on-hold")]
    OnHold,
}

fn main() {}
