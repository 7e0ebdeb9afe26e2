// Cause: An object's file has the schema of another.
// Cure: Make the snapshot anew.
// Good: It names the file and the object that it is about.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Order {
    sku: Option<String>,
}

fn main() {}
