// Cause: An object is asked for that the snapshot does not have.
// Cure: Name one that it has, or pull it.
// Good: It points to the name, and suggests one that is like it.

clarify_core::objects!("../../../../tests/generate/clarify.schema", only = [compny, person]);

fn main() {}
