// Cause: An argument is misspelt.
// Cure: Write `only` or `crate`.
// Good: It suggests the one that is meant.

clarify_core::objects!("clarify.schema", onyl = [company]);

fn main() {}
