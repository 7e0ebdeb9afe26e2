// Cause: An option is renamed to nothing.
// Cure: Write the option as the workspace has it.
// Good: It is at the text.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    #[clarify(rename = "")]
    Draft,
}

fn main() {}
