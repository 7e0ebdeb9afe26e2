use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
enum Status {
    Draft,
}

fn main() {}
