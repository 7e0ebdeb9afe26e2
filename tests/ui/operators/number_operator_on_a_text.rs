include!("../objects.rs");

fn example() {
    let _ = SalesOrder::ORDER_NUMBER.gt("5");
}

fn main() {}
