// Cause: A number is asked whether it is one of several.
// Cure: Use `ge` and `le`, or one call for each.
// Good: It says that it is for selects.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::TOTAL.not_one_of([1.0, 2.0]);
}

fn main() {}
