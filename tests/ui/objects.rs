// What the cases break the rules of.

use clarify_core::{ClarifyObject, ClarifySelect, RecordId};

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
