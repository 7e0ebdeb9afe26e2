// Cause: A struct that must be checked is of an object that the snapshot does not have.
// Cure: Get the object into the snapshot, or take `checked` away.
// Good: It is said at the word that asks for it.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "c_ticket", checked)]
struct Ticket {
    number: Option<String>,
}

fn main() {}
