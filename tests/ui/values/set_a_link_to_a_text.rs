// Cause: A link is set to a text.
// Cure: Say which object's id it is: `RecordId::new(text)`.
// Good: It is at the text, and names the type of the link.

use clarify_core::Patch;

include!("../objects.rs");

fn example() {
    let _ = Patch::new().set(SalesOrder::COMPANY_ID, "com_1");
}

fn main() {}
