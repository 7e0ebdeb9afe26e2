use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
struct Status;

fn main() {}
