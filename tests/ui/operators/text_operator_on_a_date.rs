// Cause: A date is asked what it contains.
// Cure: Use `is`, `before` or `after`.
// Good: It says which fields have the operator, at the call.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::ORDERED_ON.contains(jiff::civil::date(2026, 1, 5));
}

fn main() {}
