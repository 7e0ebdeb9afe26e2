include!("../objects.rs");

fn example() {
    let _ = SalesOrder::TOTAL.contains(5);
}

fn main() {}
