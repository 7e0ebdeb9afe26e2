// Cause: The enum has options that the workspace does not have.
// Cure: Take them away, or add them to the workspace.
// Good: It names them, at the field that uses the enum.

use clarify_core::{ClarifyObject, ClarifySelect};

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: String,
    labels: Vec<Label>,
}

#[derive(ClarifySelect)]
enum Label {
    Hot,
    Cold,
    Lukewarm,
    Frozen,
    #[clarify(other)]
    Other(String),
}

fn main() {}
