// Cause: A variant of a select has named fields.
// Cure: Take them away, or mark the variant `other`.
// Good: It says that an option holds nothing, at the variant.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    Draft,
    Lost { reason: String },
}

fn main() {}
