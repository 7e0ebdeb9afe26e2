// Cause: A link is compared with a text.
// Cure: Say which object's id it is.
// Good: It is at the text, and names the type that is needed.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::COMPANY_ID.is("com_1");
}

fn main() {}
