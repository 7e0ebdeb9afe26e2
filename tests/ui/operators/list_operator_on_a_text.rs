// Cause: A text is asked whether it is one of several.
// Cure: Use `is` for each.
// Good: It says that it is for selects.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::ORDER_NUMBER.one_of(["1", "2"]);
}

fn main() {}
