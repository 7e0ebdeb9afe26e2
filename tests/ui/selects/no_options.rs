// Cause: A select has no options.
// Cure: Add a variant for each.
// Good: It says why there must be one.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {}

fn main() {}
