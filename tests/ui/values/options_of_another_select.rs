// Cause: A select is asked for options that are texts.
// Cure: Use the variants.
// Good: It is at the list.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::STATUS.one_of(["Draft"]);
}

fn main() {}
