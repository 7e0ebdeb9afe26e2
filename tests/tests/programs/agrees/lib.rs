//! Structs that agree with the workspace, under the strictest lints.

#![deny(missing_docs, dead_code, warnings)]

use std::collections::BTreeMap;

use clarify_core::{ClarifyObject, ClarifySelect, PersonName, RecordId};
use serde_json::Value;

type Text = String;

/// An order.
#[derive(ClarifyObject)]
#[clarify(checked)]
pub struct Order {
    /// Its number.
    #[clarify(unique)]
    pub number: Text,
    /// Its title.
    pub title: Option<String>,
    /// Its sum.
    #[clarify(read_only)]
    pub total: Option<clarify_core::Decimal>,
    /// The same, said.
    #[clarify(kind = "currency")]
    pub amount: Option<f64>,
    /// A checkbox is on or off.
    pub paid: bool,
    /// A day.
    pub placed_on: Option<jiff::civil::Date>,
    /// All options.
    pub status: Option<Status>,
    /// Any options.
    pub labels: Vec<String>,
    /// What the type alone does not say.
    pub contacts: Vec<String>,
    /// A link.
    pub company_id: Option<RecordId<Company>>,
    /// Of a kind that is not known here.
    pub shape: Option<f64>,
    /// What else there is.
    #[clarify(extra)]
    pub more: BTreeMap<String, Value>,
    /// Nothing of the record.
    #[clarify(skip)]
    pub tittle: bool,
}

/// How far it is.
#[derive(ClarifySelect)]
pub enum Status {
    /// Not yet.
    Draft,
    /// Done.
    Submitted,
    /// Waiting.
    #[clarify(rename = "On hold")]
    OnHold,
}

/// A person.
#[derive(ClarifyObject)]
#[clarify(object = "person")]
pub struct Person {
    /// The name.
    pub name: Option<PersonName>,
    /// Anything.
    pub email_addresses: Vec<String>,
    /// Some of the options, and what else there may be.
    pub segment: Option<Segment>,
    /// Any value.
    #[clarify(read_only)]
    pub score: Option<Value>,
}

/// A segment.
#[derive(ClarifySelect)]
pub enum Segment {
    /// The best.
    Gold,
    /// All others.
    #[clarify(other)]
    Other(String),
}

/// A company.
#[derive(ClarifyObject)]
#[clarify(object = "company")]
pub struct Company {
    /// The name.
    pub name: Option<String>,
}

/// What may stand in the place of required fields.
#[derive(ClarifyObject)]
#[clarify(object = "c_line")]
pub struct Line {
    /// Its order.
    pub order_id: Option<RecordId<Order>>,
    /// The rest.
    #[clarify(extra)]
    pub more: BTreeMap<String, Value>,
}
