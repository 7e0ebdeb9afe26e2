use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "person")]
struct Person {
    email_addresses: String,
    title: Option<f64>,
}

fn main() {}
