include!("../objects.rs");

fn example() {
    let _ = SalesOrder::COMPANY_ID.is("com_1");
}

fn main() {}
