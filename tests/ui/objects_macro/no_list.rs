// Cause: The objects are not written as a list.
// Cure: Write them in brackets.
// Good: It points to where the bracket belongs.

clarify_core::objects!("clarify.schema", only = company);

fn main() {}
