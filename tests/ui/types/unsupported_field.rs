// Cause: A field has a type that no field can have.
// Cure: Use a type that the note names, or implement `FieldType`.
// Good: One error, on the type, with all types that a field can have.

use clarify_core::ClarifyObject;

struct Money(f64);

#[derive(ClarifyObject)]
struct SalesOrder {
    order_number: String,
    total: Money,
}

fn main() {}
