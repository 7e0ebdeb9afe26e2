//! The objects of the example's workspace.

use clarify_core::jiff::civil::Date;
use clarify_core::{ClarifyObject, ClarifySelect, RecordId};

/// An organisation. `company` is built in, and upserts match on its `domains`.
#[derive(Debug, Clone, PartialEq, ClarifyObject)]
#[clarify(object = "company")]
pub struct Company {
    pub name: Option<String>,
    #[clarify(unique)]
    pub domains: Vec<String>,
    pub industry: Option<String>,
}

/// A contact or lead.
#[derive(Debug, Clone, PartialEq, ClarifyObject)]
#[clarify(object = "person")]
pub struct Person {
    pub name: Option<String>,
    #[clarify(unique)]
    pub email_addresses: Vec<String>,
    pub phone_numbers: Vec<String>,
    pub title: Option<String>,
    pub company_id: Option<RecordId<Company>>,
}

/// A custom object: its name, `c_sales_order`, comes from the struct's.
#[derive(Debug, Clone, PartialEq, ClarifyObject)]
pub struct SalesOrder {
    #[clarify(unique)]
    pub order_number: String,
    pub status: OrderStatus,
    #[clarify(kind = "currency")]
    pub total: Option<f64>,
    pub ordered_on: Option<Date>,
    pub company_id: Option<RecordId<Company>>,
}

#[derive(Debug, Clone, PartialEq, ClarifySelect)]
pub enum OrderStatus {
    Draft,
    Submitted,
    Fulfilled,
    /// An option that the workspace has and this program does not know.
    #[clarify(other)]
    Other(String),
}
