use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    Draft,
    Submitted(String),
    Returned { why: String },
}

fn main() {}
