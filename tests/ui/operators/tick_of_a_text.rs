include!("../objects.rs");

fn example() {
    let _ = SalesOrder::ORDER_NUMBER.is_set();
}

fn main() {}
