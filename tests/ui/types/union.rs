// Cause: A union derives an object.
// Cure: Use a struct.
// Good: It says what the derive is for.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
union SalesOrder {
    a: u8,
    b: i8,
}

fn main() {}
