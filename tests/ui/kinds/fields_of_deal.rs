// Cause: Fields of the built-in `deal` have types of other kinds.
// Cure: Give each the type that the message names.
// Good: Every wrong field is reported, each on its type.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "deal")]
struct Opportunity {
    close_date: String,
    amount: String,
    stage: String,
}

fn main() {}
