// Cause: The folder is not written as a text.
// Cure: Write it in quotes.
// Good: It shows the form.

clarify_core::objects!(clarify.schema);

fn main() {}
