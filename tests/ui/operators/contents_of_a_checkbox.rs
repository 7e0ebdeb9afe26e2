// Cause: A checkbox is asked what it does not contain.
// Cure: Use `is_not`.
// Good: It says which fields have the operator, at the call.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::PAID.does_not_contain(true);
}

fn main() {}
