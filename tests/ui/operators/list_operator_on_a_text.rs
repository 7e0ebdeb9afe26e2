include!("../objects.rs");

fn example() {
    let _ = SalesOrder::ORDER_NUMBER.one_of(["1", "2"]);
}

fn main() {}
