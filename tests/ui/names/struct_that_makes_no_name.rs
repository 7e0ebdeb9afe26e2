// Cause: The struct's name has letters that an object's can't have.
// Cure: Say the name.
// Good: It shows the letter, and the form of the attribute.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Größe {
    a: f64,
}

fn main() {}
