// Cause: The workspace has options that the enum does not have, and it keeps none that it does not know.
// Cure: Add variants for them, or one that is marked `other`.
// Good: It names them, and shows the variant that would keep them.

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
}

fn main() {}
