// Cause: A field that only the service writes is one that the program would send.
// Cure: Mark it as read-only.
// Good: It shows the mark.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: String,
    total: Option<f64>,
}

fn main() {}
