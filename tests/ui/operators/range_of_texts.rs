// Cause: A range is asked of a text.
// Cure: Ask `starts_with`, or sort by the field.
// Good: It says which fields have ranges, at the method.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::ORDER_NUMBER.within("a".."b");
}

fn main() {}
