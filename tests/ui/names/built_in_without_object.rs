// Cause: A struct bears a built-in's name without saying that it is meant.
// Cure: Say which one is meant.
// Good: It gives both ways to mean it.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Person {
    name: Option<String>,
}

fn main() {}
