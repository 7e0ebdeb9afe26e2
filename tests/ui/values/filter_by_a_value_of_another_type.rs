// Cause: A field is compared with a value of another type.
// Cure: Use a value of its own type.
// Good: It is at the value, and names the type that is needed.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::TOTAL.gt("5");
}

fn main() {}
