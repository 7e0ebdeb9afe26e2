//! The objects of the workspace that the tests use.

use clarify_core::{
    ClarifyObject, ClarifySelect, Decimal, PersonName, RecordId, RichText, schema::Object,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

/// A contact or lead.
#[derive(Clone, Debug, Default, PartialEq, ClarifyObject)]
#[clarify(object = "person")]
pub struct Person {
    /// The whole name.
    pub name: Option<String>,
    /// What a person is known by.
    pub email_addresses: Vec<String>,
    /// Numbers with their country codes.
    pub phone_numbers: Vec<String>,
    /// The role.
    pub title: Option<String>,
    /// The employer, as text.
    pub company_name: Option<String>,
    /// The employer, as a record.
    pub company_id: Option<RecordId<Company>>,
}

/// An organisation.
#[derive(Clone, Debug, Default, PartialEq, ClarifyObject)]
#[clarify(object = "company")]
pub struct Company {
    /// What it is called.
    pub name: Option<String>,
    /// What a company is known by.
    pub domains: Vec<String>,
    /// Its trade.
    pub industry: Option<String>,
    /// How many work there.
    pub employee_count: Option<Decimal>,
    /// Where it is.
    pub location: Option<Value>,
}

/// An opportunity.
#[derive(Clone, Debug, PartialEq, ClarifyObject)]
#[clarify(object = "deal")]
pub struct Deal {
    /// What a deal is known by.
    pub name: String,
    /// How far it has come.
    pub stage: Option<DealStage>,
    /// What it is worth.
    pub amount: Option<Decimal>,
    /// When it is to be closed.
    pub close_date: Option<Date>,
    /// With whom.
    pub company_id: Option<RecordId<Company>>,
}

/// How far a deal has come; each workspace names more of its own.
#[derive(Clone, Debug, PartialEq, Eq, ClarifySelect)]
pub enum DealStage {
    /// It is talked about.
    Open,
    /// It is made.
    Won,
    /// What the workspace says beside these.
    #[clarify(other)]
    Other(String),
}

/// A meeting: nothing tells one from another.
#[derive(Clone, Debug, Default, PartialEq, ClarifyObject)]
#[clarify(object = "meeting")]
pub struct Meeting {
    /// What it is about.
    pub title: Option<String>,
    /// When it begins.
    pub start: Option<Timestamp>,
    /// When it ends.
    pub end: Option<Timestamp>,
    /// Whether it takes the whole day.
    pub all_day: Option<bool>,
}

/// An action item: nothing tells one from another.
#[derive(Clone, Debug, Default, PartialEq, ClarifyObject)]
#[clarify(object = "task")]
pub struct Task {
    /// What is to be done.
    pub title: Option<String>,
    /// In more words.
    pub description: Option<RichText>,
    /// How far it is.
    pub status: Option<TaskStatus>,
    /// The last day for it.
    pub due_date: Option<Date>,
    /// For whom.
    pub person_id: Option<RecordId<Person>>,
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ClarifySelect)]
pub enum TaskStatus {
    /// Nothing is done yet.
    #[clarify(rename = "To Do")]
    ToDo,
    /// Somebody is at it.
    InProgress,
    /// It is done.
    Done,
    /// It is not to be done.
    Canceled,
}

/// An order: a custom object with a field of every kind that filters tell apart.
#[derive(Clone, Debug, PartialEq, ClarifyObject)]
pub struct SalesOrder {
    /// What an order is known by.
    #[clarify(unique)]
    pub order_number: String,
    /// A text.
    pub note: Option<String>,
    /// A number.
    pub total: Option<Decimal>,
    /// A checkbox.
    pub paid: Option<bool>,
    /// A select.
    pub status: Option<OrderStatus>,
    /// A multi select.
    pub marks: Vec<OrderMark>,
    /// A collection.
    #[clarify(kind = "email_addresses")]
    pub contacts: Vec<String>,
    /// A date.
    pub ordered_on: Option<Date>,
    /// A date-time.
    pub shipped_at: Option<Timestamp>,
    /// A link.
    pub company_id: Option<RecordId<Company>>,
    /// A name in its parts.
    pub buyer: Option<PersonName>,
    /// Of no kind that filters know.
    #[clarify(kind = "location")]
    pub ship_to: Option<Value>,
}

/// How far an order has come.
#[derive(Clone, Debug, PartialEq, Eq, ClarifySelect)]
pub enum OrderStatus {
    /// Not yet sent.
    Draft,
    /// Sent.
    Submitted,
    /// On its way.
    InTransit,
    /// What later versions may add.
    #[clarify(other)]
    Other(String),
}

/// What an order is marked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ClarifySelect)]
pub enum OrderMark {
    /// To be seen to first.
    Rush,
    /// To be packed with care.
    Fragile,
    /// A present.
    Gift,
}

impl SalesOrder {
    /// An order of which only the number is known.
    #[must_use]
    pub fn numbered(order_number: impl Into<String>) -> Self {
        Self {
            order_number: order_number.into(),
            note: None,
            total: None,
            paid: None,
            status: None,
            marks: Vec::new(),
            contacts: Vec::new(),
            ordered_on: None,
            shipped_at: None,
            company_id: None,
            buyer: None,
            ship_to: None,
        }
    }
}

/// An item on offer: a custom object without a unique field.
#[derive(Clone, Debug, Default, PartialEq, ClarifyObject)]
pub struct Product {
    /// What it is called.
    pub name: Option<String>,
    /// What one costs.
    #[clarify(kind = "currency")]
    pub price: Option<f64>,
}

/// A request for help: a custom object with two fields that are always there.
#[derive(Clone, Debug, PartialEq, ClarifyObject)]
pub struct Ticket {
    /// What a ticket is known by.
    #[clarify(unique)]
    pub number: String,
    /// What is asked for.
    pub subject: String,
    /// How many have asked.
    pub votes: Option<u32>,
}

/// Every object above.
pub const ALL: &[&Object] = &[
    Person::OBJECT,
    Company::OBJECT,
    Deal::OBJECT,
    Meeting::OBJECT,
    Task::OBJECT,
    SalesOrder::OBJECT,
    Product::OBJECT,
    Ticket::OBJECT,
];
