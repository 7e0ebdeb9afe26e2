use clarify_core::Patch;

include!("../objects.rs");

fn example() {
    let _ = Patch::new().set(SalesOrder::TOTAL, "5");
}

fn main() {}
