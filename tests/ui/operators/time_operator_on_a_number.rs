// Cause: A number is asked whether it is before another.
// Cure: Use `lt`.
// Good: It says what numbers have in its place.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::TOTAL.before(5);
}

fn main() {}
