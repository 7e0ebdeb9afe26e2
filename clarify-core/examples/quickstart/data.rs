//! The CSV files beside this one.

use std::collections::HashMap;
use std::error::Error;

use clarify_core::{ClarifySelect, RecordId};

use crate::model::{Company, OrderStatus, Person, SalesOrder};

/// The id of the company that has a domain.
pub type CompanyIds = HashMap<String, RecordId<Company>>;

type Row = HashMap<String, String>;

fn rows(text: &str) -> Result<Vec<Row>, csv::Error> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().collect()
}

fn text(row: &Row, column: &str) -> String {
    row.get(column).cloned().unwrap_or_default()
}

fn optional(row: &Row, column: &str) -> Option<String> {
    Some(text(row, column)).filter(|text| !text.is_empty())
}

fn words(row: &Row, column: &str) -> Vec<String> {
    text(row, column).split_whitespace().map(str::to_owned).collect()
}

/// Organisations, some of them twice under different domains.
pub fn companies() -> Result<Vec<Company>, Box<dyn Error>> {
    let company = |row: &Row| Company {
        name: optional(row, "name"),
        domains: words(row, "domains"),
        industry: optional(row, "industry"),
    };
    Ok(rows(include_str!("companies.csv"))?.iter().map(company).collect())
}

/// People, who are invented.
pub fn people(companies: &CompanyIds) -> Result<Vec<Person>, Box<dyn Error>> {
    let person = |row: &Row| Person {
        name: optional(row, "name"),
        email_addresses: words(row, "email_addresses"),
        phone_numbers: Vec::new(),
        title: optional(row, "title"),
        company_id: companies.get(&text(row, "company_domain")).cloned(),
    };
    Ok(rows(include_str!("people.csv"))?.iter().map(person).collect())
}

/// Orders of the companies.
pub fn orders(companies: &CompanyIds) -> Result<Vec<SalesOrder>, Box<dyn Error>> {
    let order = |row: &Row| {
        Ok(SalesOrder {
            order_number: text(row, "order_number"),
            status: OrderStatus::from_option(&text(row, "status")).ok_or("no such status")?,
            total: optional(row, "total").map(|total| total.parse()).transpose()?,
            ordered_on: optional(row, "ordered_on").map(|day| day.parse()).transpose()?,
            company_id: companies.get(&text(row, "company_domain")).cloned(),
        })
    };
    rows(include_str!("orders.csv"))?.iter().map(order).collect()
}
