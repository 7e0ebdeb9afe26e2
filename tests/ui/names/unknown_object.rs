use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "persn")]
struct Contact {
    name: Option<String>,
}

#[derive(ClarifyObject)]
#[clarify(object = "Sales Order")]
struct Order {
    number: Option<String>,
}

fn main() {}
