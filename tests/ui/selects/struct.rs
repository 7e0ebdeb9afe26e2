// Cause: A struct derives a select.
// Cure: Derive `ClarifyObject`, or use an enum.
// Good: It says which derive is for structs.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
struct Status;

fn main() {}
