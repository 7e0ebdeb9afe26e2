// Cause: The index names an object whose file is not there.
// Cure: Make the snapshot anew.
// Good: It names the file, and the command that mends it.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Gone {
    sku: Option<String>,
}

fn main() {}
