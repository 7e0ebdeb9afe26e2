// Cause: A collection is asked whether it is greater.
// Cure: Use `contains`.
// Good: It says which fields have the operator, at the call.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::MARKS.gt(Status::Draft);
}

fn main() {}
