// Cause: A struct bears the name of the built-in `task` without saying that it is meant.
// Cure: Say which one is meant.
// Good: It gives both ways to mean it.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Task {
    title: Option<String>,
}

fn main() {}
