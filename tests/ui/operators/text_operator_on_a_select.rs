// Cause: A select is asked what it contains.
// Cure: Use `is` or `one_of`.
// Good: It says which fields have the operator, at the call.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::STATUS.contains(Status::Draft);
}

fn main() {}
