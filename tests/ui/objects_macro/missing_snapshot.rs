// Cause: There is no snapshot where the macro is told to look.
// Cure: Pull one with `clarify schema pull`, or name the folder that it is in.
// Good: It says what makes one, and where it is looked for.

clarify_core::objects!("no-such.schema");

fn main() {}
