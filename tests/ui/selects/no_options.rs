use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {}

fn main() {}
