// Cause: A link to one object is set to an id of another.
// Cure: Use an id of the object that it links to.
// Good: It names both ids' types.

use clarify_core::Patch;

include!("../objects.rs");

#[derive(ClarifyObject)]
#[clarify(object = "person")]
struct Person {
    name: Option<String>,
    email_addresses: Vec<String>,
    title: Option<String>,
}

fn example(id: RecordId<Person>) {
    let _ = Patch::new().set(SalesOrder::COMPANY_ID, id);
}

fn main() {}
