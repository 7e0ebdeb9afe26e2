// Cause: An object's file is no JSON.
// Cure: Make the snapshot anew.
// Good: It names the file and the place, and the command that mends it.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Torn {
    sku: Option<String>,
}

fn main() {}
