use clarify_core::Client;

struct Plain {
    name: String,
}

fn example(client: &Client) {
    let _ = client.records::<Plain>();
}

fn main() {}
