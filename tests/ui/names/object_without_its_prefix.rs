// Cause: A custom object is named without `c_`.
// Cure: Write the prefix.
// Good: It shows the name with its prefix.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "invoice_line")]
struct SalesOrder {
    a: f64,
}

fn main() {}
