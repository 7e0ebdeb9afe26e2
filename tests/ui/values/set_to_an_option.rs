use clarify_core::Patch;

include!("../objects.rs");

fn example() {
    let _ = Patch::new().set(SalesOrder::TOTAL, Some(5.0));
}

fn main() {}
