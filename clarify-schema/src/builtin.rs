//! The objects that every workspace has, with the fields that the API's documents name. A workspace
//! may have more fields on them.

use std::borrow::Cow;

use crate::{Field, Kind, Object, Text};

const fn text(name: &'static str) -> Field {
    Field::new(name, Kind::Text)
}

const fn link(name: &'static str, target: &'static str) -> Field {
    Field::new(name, Kind::ToOne).target(target)
}

/// The records of `target` whose link is the field `inverse`.
const fn links(name: &'static str, target: &'static str, inverse: &'static str) -> Field {
    Field::new(name, Kind::ToMany).target(target).inverse(inverse)
}

/// A select or multi select whose options each workspace decides for itself.
const fn open_select(name: &'static str, kind: Kind) -> Field {
    Field::new(name, kind)
}

const PERSON_FIELDS: &[Field] = &[
    Field::new("name", Kind::PersonName),
    Field::new("email_addresses", Kind::EmailAddresses).unique(),
    Field::new("phone_numbers", Kind::PhoneNumbers),
    text("title"),
    text("job_title"),
    text("company_name"),
    link("company_id", "company").inverse("people"),
    text("linkedin"),
    Field::new("description", Kind::LongText),
    open_select("labels", Kind::MultiSelect),
    links("deals", "deal", "people").many_to_many(),
    links("tasks", "task", "person_id"),
];

/// Contacts and leads. Upserts match on `email_addresses`.
pub static PERSON: Object = Object::new("person", PERSON_FIELDS).labels("Person", "People");

const COMPANY_FIELDS: &[Field] = &[
    text("name"),
    Field::new("domains", Kind::Domains).unique(),
    text("industry"),
    Field::new("employee_count", Kind::Number),
    Field::new("location", Kind::Location),
    Field::new("description", Kind::LongText),
    open_select("labels", Kind::MultiSelect),
    links("people", "person", "company_id"),
    links("deals", "deal", "company_id"),
    links("tasks", "task", "company_id"),
];

/// Organisations. Upserts match on `domains`.
pub static COMPANY: Object = Object::new("company", COMPANY_FIELDS).labels("Company", "Companies");

const DEAL_FIELDS: &[Field] = &[
    text("name").unique(),
    open_select("stage", Kind::Select),
    Field::new("amount", Kind::Currency),
    Field::new("close_date", Kind::Date),
    Field::new("description", Kind::LongText),
    link("owner_id", "user"),
    link("company_id", "company").inverse("deals"),
    open_select("labels", Kind::MultiSelect),
    links("people", "person", "deals").many_to_many(),
    links("tasks", "task", "deal_id"),
];

/// Opportunities. Upserts match on `name`.
pub static DEAL: Object = Object::new("deal", DEAL_FIELDS).labels("Deal", "Deals");

const MEETING_FIELDS: &[Field] = &[
    text("title"),
    Field::new("start", Kind::DateTime),
    Field::new("end", Kind::DateTime),
    Field::new("all_day", Kind::Checkbox),
    open_select("visibility", Kind::Select),
    Field::new("participants", Kind::Other),
    Field::new("summary", Kind::LongText),
    links("tasks", "task", "meeting_id"),
];

/// Meetings. They have no unique field: every create makes a new one.
pub static MEETING: Object = Object::new("meeting", MEETING_FIELDS).labels("Meeting", "Meetings");

const STATUSES: &[Text] = &[
    Cow::Borrowed("To Do"),
    Cow::Borrowed("In Progress"),
    Cow::Borrowed("Done"),
    Cow::Borrowed("Canceled"),
];

const PRIORITIES: &[Text] = &[
    Cow::Borrowed("Urgent"),
    Cow::Borrowed("High"),
    Cow::Borrowed("Medium"),
    Cow::Borrowed("Low"),
];

const TASK_FIELDS: &[Field] = &[
    text("title"),
    Field::new("description", Kind::RichText),
    Field::new("status", Kind::Select).options(STATUSES),
    Field::new("priority", Kind::Select).options(PRIORITIES),
    Field::new("due_date", Kind::Date),
    link("assignee_id", "user"),
    link("person_id", "person").inverse("tasks"),
    link("company_id", "company").inverse("tasks"),
    link("deal_id", "deal").inverse("tasks"),
    link("meeting_id", "meeting").inverse("tasks"),
];

/// Action items and follow-ups. They have no unique field: every create makes a new one.
pub static TASK: Object = Object::new("task", TASK_FIELDS).labels("Task", "Tasks");

/// Every object that a workspace has from the start.
pub static BUILT_INS: [&Object; 5] = [&PERSON, &COMPANY, &DEAL, &MEETING, &TASK];

/// The built-in object of this name.
#[must_use]
pub fn built_in(name: &str) -> Option<&'static Object> {
    BUILT_INS.into_iter().find(|object| object.name == name)
}
