// Cause: A field that only the service writes is set.
// Cure: Leave it out of the patch.
// Good: It says whose the field is.

use clarify_core::{ClarifyObject, Patch};

#[derive(ClarifyObject)]
struct SalesOrder {
    number: String,
    #[clarify(read_only)]
    score: Option<f64>,
}

fn example() {
    let _ = Patch::new().set(SalesOrder::SCORE, 5.0);
}

fn main() {}
