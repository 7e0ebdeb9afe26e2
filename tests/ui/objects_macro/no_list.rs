// Cause: The objects are not written as a list.
// Cure: Write them in brackets.
// Good: It shows the form, where the list belongs.

clarify_core::objects!("clarify.schema", only = company);

fn main() {}
