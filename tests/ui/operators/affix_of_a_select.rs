include!("../objects.rs");

fn example() {
    let _ = SalesOrder::STATUS.starts_with(Status::Draft);
}

fn main() {}
