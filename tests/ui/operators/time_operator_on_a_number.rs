include!("../objects.rs");

fn example() {
    let _ = SalesOrder::TOTAL.before(5);
}

fn main() {}
