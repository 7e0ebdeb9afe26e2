// Cause: A select is generic.
// Cure: Take the parameter away.
// Good: It says why: a variant holds nothing.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status<T> {
    Draft,
    #[clarify(other)]
    Other(T),
}

fn main() {}
