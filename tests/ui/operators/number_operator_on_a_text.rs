// Cause: A text is asked whether it is greater.
// Cure: Use `is`, `contains` or `starts_with`.
// Good: It says which fields have the operator, at the call.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::ORDER_NUMBER.gt("5");
}

fn main() {}
