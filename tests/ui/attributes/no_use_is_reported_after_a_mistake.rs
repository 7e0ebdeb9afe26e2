// Cause: A struct with a mistake is used.
// Cure: Mend the struct: its uses are good.
// Good: Nothing but the mistake is reported.

use clarify_core::{ClarifyObject, Client, Patch};

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(uniqe)]
    number: String,
}

fn example(client: &Client) {
    let orders = client.records::<SalesOrder>();
    let _ = orders.list().filter(SalesOrder::NUMBER.is("SO-1"));
    let _ = Patch::new().set(SalesOrder::NUMBER, "SO-2");
    let _ = SalesOrder::OBJECT;
}

fn main() {}
