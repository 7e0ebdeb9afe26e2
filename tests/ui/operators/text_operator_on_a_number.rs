// Cause: A number is asked what it contains.
// Cure: Use `is`, `gt` or `lt`.
// Good: It says which fields have the operator, at the call.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::TOTAL.contains(5);
}

fn main() {}
