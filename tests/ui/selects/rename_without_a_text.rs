// Cause: `rename` has no text.
// Cure: Write the option's text.
// Good: It shows an option as an example.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    #[clarify(rename)]
    Draft,
}

fn main() {}
