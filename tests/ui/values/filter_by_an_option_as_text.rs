include!("../objects.rs");

fn example() {
    let _ = SalesOrder::STATUS.is("Draft");
}

fn main() {}
