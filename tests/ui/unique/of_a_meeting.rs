// Cause: A meeting's field is unique.
// Cure: Leave `unique` out.
// Good: It says that every create makes a new one.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "meeting")]
struct Appointment {
    #[clarify(unique)]
    title: Option<String>,
}

fn main() {}
