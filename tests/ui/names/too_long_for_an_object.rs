// Cause: The struct's name makes an object's of more than 32 characters.
// Cure: Say a shorter name.
// Good: It says the limit.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct AVeryLongNameForAnObjectThatNobodyTypes {
    a: f64,
}

fn main() {}
