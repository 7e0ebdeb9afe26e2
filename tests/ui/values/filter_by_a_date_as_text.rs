// Cause: A date is compared with a text.
// Cure: Parse the text first.
// Good: It is at the text, and names the type that is needed.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::ORDERED_ON.before("2024-03-01");
}

fn main() {}
