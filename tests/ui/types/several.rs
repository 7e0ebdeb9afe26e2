// Cause: Three fields have types that no field can have.
// Cure: Use types that the note names.
// Good: Each is reported once, on its type.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    a: std::net::IpAddr,
    b: char,
    c: Option<std::time::Duration>,
}

fn main() {}
