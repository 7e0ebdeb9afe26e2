// Cause: A collection is compared as a whole.
// Cure: Use `contains`.
// Good: It says what a collection has in its place.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::MARKS.is(Status::Draft);
}

fn main() {}
