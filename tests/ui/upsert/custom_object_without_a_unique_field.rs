use clarify_core::{ClarifyObject, Client};

#[derive(ClarifyObject)]
struct Product {
    name: String,
}

fn example(client: &Client) {
    let _ = client.records::<Product>().upsert(&Product { name: String::new() });
}

fn main() {}
