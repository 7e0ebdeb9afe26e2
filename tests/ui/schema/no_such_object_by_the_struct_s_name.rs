// Cause: The workspace has no object of the name that the struct's makes.
// Cure: Make the object, or read the schema anew.
// Good: It says which name was made, and names both commands.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Warehouse {
    name: Option<String>,
}

fn main() {}
