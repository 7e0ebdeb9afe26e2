// Cause: A text is asked whether it is ticked.
// Cure: Use `is_not_empty`.
// Good: It says what others have in its place.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::ORDER_NUMBER.is_set();
}

fn main() {}
