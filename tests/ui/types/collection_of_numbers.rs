// Cause: A field is a collection of numbers.
// Cure: Use texts or a select, or a field for each number.
// Good: One error, on the type, with all types that a field can have.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    order_number: String,
    amounts: Vec<f64>,
}

fn main() {}
