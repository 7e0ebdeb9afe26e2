// Cause: A select is asked what it begins with.
// Cure: Use `is` or `one_of`.
// Good: It says which fields have the operator, at the call.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::STATUS.starts_with(Status::Draft);
}

fn main() {}
