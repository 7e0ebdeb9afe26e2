use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(name = "person")]
struct Contact {
    title: Option<String>,
}

fn main() {}
