use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    Draft,
    #[clarify(other)]
    Other(String),
    #[clarify(other)]
    Unknown(String),
}

fn main() {}
