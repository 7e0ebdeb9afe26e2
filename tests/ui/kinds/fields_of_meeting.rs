// Cause: Fields of the built-in `meeting` have types of other kinds.
// Cure: Give each the type that the message names.
// Good: Every wrong field is reported, each on its type.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "meeting")]
struct Appointment {
    start: String,
    all_day: String,
}

fn main() {}
