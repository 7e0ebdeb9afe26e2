// Cause: A record of another type is created.
// Cure: Create it with the records of its own object.
// Good: The compiler shows both types.

use clarify_core::{Client};

include!("../objects.rs");

fn example(client: &Client, company: &Company) {
    let _ = client.records::<SalesOrder>().create(company);
}

fn main() {}
