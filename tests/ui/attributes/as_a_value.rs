// Cause: The attribute is given a value in place of arguments.
// Cure: Write the argument in parentheses.
// Good: It shows the form, and covers the whole attribute.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify = "unique"]
    total: f64,
}

fn main() {}
