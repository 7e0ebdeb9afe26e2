// Cause: Fields of the built-in `company` have types of other kinds.
// Cure: Give each the type that the message names.
// Good: Every wrong field is reported, each on its type.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "company")]
struct Organisation {
    domains: Option<String>,
    employee_count: String,
}

fn main() {}
