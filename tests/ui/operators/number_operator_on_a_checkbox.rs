// Cause: A checkbox is asked whether it is greater.
// Cure: Use `is` or `is_set`.
// Good: It says which fields have the operator, at the call.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::PAID.ge(true);
}

fn main() {}
