// Cause: A field begins with an underscore.
// Cure: Take the underscore away: such names are the service's.
// Good: It says whose the name is.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    _score: f64,
}

fn main() {}
