// Cause: `schema` without the folder.
// Cure: Write the folder.
// Good: It shows what to write.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(schema)]
struct Order {
    number: String,
}

fn main() {}
