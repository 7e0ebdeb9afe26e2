use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    InTransit,
    #[clarify(rename = "In Transit")]
    OnItsWay,
}

fn main() {}
