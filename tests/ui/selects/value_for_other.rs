// Cause: `other` is given a value.
// Cure: Write just `other`.
// Good: It says that there is none to give.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    Draft,
    #[clarify(other = true)]
    Other(String),
}

fn main() {}
