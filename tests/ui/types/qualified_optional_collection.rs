// Cause: A collection is optional, by its full path.
// Cure: Take the `Option` away.
// Good: It sees through the path.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    marks: std::option::Option<std::vec::Vec<String>>,
}

fn main() {}
