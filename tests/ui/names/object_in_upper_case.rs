// Cause: The object is written in upper case.
// Cure: Write it in lower case.
// Good: It asks for the one that is meant.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "Person")]
struct Contact {
    a: f64,
}

fn main() {}
