use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Person {
    name: Option<String>,
}

fn main() {}
