// Cause: A date is asked whether it is greater.
// Cure: Use `after`.
// Good: It says what dates have in its place.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::ORDERED_ON.gt(jiff::civil::date(2024, 3, 1));
}

fn main() {}
