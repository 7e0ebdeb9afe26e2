// Cause: A variant of a select holds a value.
// Cure: Take it away, or mark the variant `other`.
// Good: It gives both ways out.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    Draft,
    Submitted(String),
    Returned { why: String },
}

fn main() {}
