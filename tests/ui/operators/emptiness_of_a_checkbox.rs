// Cause: A checkbox is asked whether it is empty.
// Cure: Use `is_not_set`.
// Good: It says what a checkbox has in its place.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::PAID.is_empty();
}

fn main() {}
