include!("../objects.rs");

fn example() {
    let _ = SalesOrder::ORDERED_ON.before("2024-03-01");
}

fn main() {}
