// Cause: The records of a plain struct are asked for.
// Cure: Derive `ClarifyObject` on it.
// Good: It says what to add.

use clarify_core::Client;

struct Plain {
    name: String,
}

fn example(client: &Client) {
    let _ = client.records::<Plain>();
}

fn main() {}
