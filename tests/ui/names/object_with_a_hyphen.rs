// Cause: The object's name has a hyphen.
// Cure: Use an underscore.
// Good: It shows the character.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "c_sales-order")]
struct SalesOrder {
    a: f64,
}

fn main() {}
