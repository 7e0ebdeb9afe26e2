// Cause: A field has a type of maps, which no field can have.
// Cure: Use a type that the note names, or make the type a field's by `FieldType`.
// Good: One error, on the type, with all types that a field can have.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    value: std::collections::HashMap<String, String>,
}

fn main() {}
