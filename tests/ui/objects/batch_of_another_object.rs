use clarify_core::{Batch, ClarifyObject, Client};

#[derive(ClarifyObject)]
#[clarify(object = "person")]
struct Person {
    name: Option<String>,
    email_addresses: Vec<String>,
    title: Option<String>,
}

#[derive(ClarifyObject)]
#[clarify(object = "company")]
struct Company {
    name: Option<String>,
    domains: Vec<String>,
}

fn example(client: &Client, batch: Batch<Company>) {
    let _ = client.records::<Person>().bulk_create(&batch);
}

fn main() {}
