// Cause: A field is renamed to what the workspace does not have.
// Cure: Write the name that the message asks for.
// Good: It is said at the name that is wrong, which is not the field's own.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: String,
    #[clarify(rename = "placedOn")]
    day: Option<jiff::civil::Date>,
}

fn main() {}
