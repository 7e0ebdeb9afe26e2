use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "person")]
struct Person {
    email_addresses: Vec<String>,
    #[clarify(unique)]
    linkedin: Option<String>,
}

fn main() {}
