use clarify_core::Patch;

include!("../objects.rs");

fn example() {
    let _ = Patch::new().clear(SalesOrder::ORDER_NUMBER);
}

fn main() {}
