// Cause: A field's name has more than 64 characters.
// Cure: Say a shorter name on the wire.
// Good: It says the limit.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: f64,
}

fn main() {}
