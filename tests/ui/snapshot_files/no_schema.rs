// Cause: An object's file is JSON, and no schema.
// Cure: Make the snapshot anew.
// Good: It names the file, what is wrong in it and where.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Odd {
    sku: Option<String>,
}

fn main() {}
