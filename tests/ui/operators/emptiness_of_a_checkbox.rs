include!("../objects.rs");

fn example() {
    let _ = SalesOrder::PAID.is_empty();
}

fn main() {}
