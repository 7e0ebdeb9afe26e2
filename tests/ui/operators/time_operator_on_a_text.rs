// Cause: A text is asked whether it is before another.
// Cure: Use `is` or `starts_with`.
// Good: It says which fields have the operator, at the call.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::ORDER_NUMBER.before("SO-1");
}

fn main() {}
