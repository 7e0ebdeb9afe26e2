// Cause: Fields of the built-in `task` have types of other kinds.
// Cure: Give each the type that the message names.
// Good: Every wrong field is reported, each on its type.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "task")]
struct Todo {
    description: String,
    due_date: jiff::Timestamp,
    status: bool,
}

fn main() {}
