// Cause: An alias hides a type that is not of the workspace's kind.
// Cure: Use a type that the message names.
// Good: The compiler sees through the alias, so the message is the same as without.

use clarify_core::ClarifyObject;

type Day = String;

#[derive(ClarifyObject)]
struct Order {
    #[clarify(unique)]
    number: String,
    placed_on: Option<Day>,
}

fn main() {}
