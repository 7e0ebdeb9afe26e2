use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    #[clarify(rename = "")]
    Draft,
}

fn main() {}
