// Cause: A field of a built-in that is never matched is unique.
// Cure: Leave `unique` out.
// Good: It says that every create makes a new record.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "meeting")]
struct Meeting {
    #[clarify(unique)]
    title: Option<String>,
}

fn main() {}
