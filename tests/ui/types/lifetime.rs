// Cause: An object's struct borrows.
// Cure: Own the text.
// Good: It says why, at the lifetime.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder<'a> {
    number: &'a str,
}

fn main() {}
