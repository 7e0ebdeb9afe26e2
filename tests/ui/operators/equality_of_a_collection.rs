include!("../objects.rs");

fn example() {
    let _ = SalesOrder::MARKS.is(Status::Draft);
}

fn main() {}
