// Cause: A field that only the service writes is cleared.
// Cure: Leave it out of the patch.
// Good: It says that the field is the service's, at the field.

use clarify_core::{ClarifyObject, Patch};

#[derive(ClarifyObject)]
struct SalesOrder {
    number: String,
    #[clarify(read_only)]
    score: Option<f64>,
}

fn example() {
    let _ = Patch::new().clear(SalesOrder::SCORE);
}

fn main() {}
