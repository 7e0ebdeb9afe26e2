include!("../objects.rs");

fn example() {
    let _ = SalesOrder::ORDERED_ON.gt(jiff::civil::date(2024, 3, 1));
}

fn main() {}
