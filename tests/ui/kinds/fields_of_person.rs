// Cause: Fields of the built-in `person` have types of other kinds.
// Cure: Give each the type that the message names.
// Good: Every wrong field is reported, each on its type.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "person")]
struct Contact {
    name: f64,
    phone_numbers: String,
    company_id: String,
}

fn main() {}
