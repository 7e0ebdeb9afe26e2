// Cause: A to-many link is a field of the struct.
// Cure: Leave it out.
// Good: It says that records do not have it in them, whatever its type.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: String,
    lines: Vec<String>,
}

fn main() {}
