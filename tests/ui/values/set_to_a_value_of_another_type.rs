use clarify_core::{ClarifyObject, ClarifySelect, Patch, RecordId};

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(unique)]
    order_number: String,
    total: Option<f64>,
    paid: Option<bool>,
    status: Option<Status>,
    marks: Vec<Status>,
    ordered_on: Option<jiff::civil::Date>,
    company_id: Option<RecordId<Company>>,
}

#[derive(ClarifySelect)]
enum Status {
    Draft,
    Submitted,
}

#[derive(ClarifyObject)]
#[clarify(object = "company")]
struct Company {
    name: Option<String>,
    domains: Vec<String>,
}

fn example() {
    let _ = Patch::new().set(SalesOrder::TOTAL, "5");
}

fn main() {}
