// Cause: A field has a type of f32, which no field can have.
// Cure: Use a type that the note names, or make the type a field's by `FieldType`.
// Good: One error, on the type, with all types that a field can have.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    value: f32,
}

fn main() {}
