// Cause: A number is asked what it begins with.
// Cure: Use `is`, `gt` or `lt`.
// Good: It says which fields have the operator, at the call.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::TOTAL.starts_with(5.0);
}

fn main() {}
