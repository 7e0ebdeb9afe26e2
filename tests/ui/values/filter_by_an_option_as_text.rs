// Cause: A select is compared with a text.
// Cure: Use the variant.
// Good: It is at the text, and names the enum.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::STATUS.is("Draft");
}

fn main() {}
