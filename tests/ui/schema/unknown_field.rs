// Cause: A field is called otherwise than in the workspace.
// Cure: Call it as the message asks.
// Good: It asks for the name that was meant, at the field.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: String,
    tittle: Option<String>,
}

fn main() {}
