include!("../objects.rs");

fn example() {
    let _ = SalesOrder::TOTAL.gt("5");
}

fn main() {}
