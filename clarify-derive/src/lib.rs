//! The derive macros of `clarify-core`, which re-exports them.
//!
//! Each macro goes the same way, a file for each stage: `attr` reads the arguments of
//! `#[clarify(...)]`, `input` the struct or enum, `model` decides what it means and collects every
//! mistake, `check` holds it against the `snapshot` of the workspace's schema, `emit` writes the code.
//! Nothing stops at the first mistake.

mod attr;
mod check;
mod emit;
mod errors;
mod input;
mod model;
mod objects;
mod snapshot;
mod surroundings;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;
use surroundings::Surroundings;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct with named fields an object of a Clarify workspace.
///
/// It emits one table, `T::OBJECT`, from which everything else follows, and for each field a
/// constant (`Person::TITLE` for `title`) with which filters, sorts and patches begin. The fields'
/// doc comments are the constants' too.
///
/// | on the struct | |
/// | --- | --- |
/// | [`object = "…"`](#object) | the object's name |
/// | [`crate = …`](#crate) | where `clarify_core` is |
/// | [`schema = "…"`](#schema) | where the snapshot of the workspace's schema is |
/// | [`checked`](#checked) | there must be one |
///
/// | on a field | |
/// | --- | --- |
/// | [`unique`](#unique) | upserts match on it |
/// | [`kind = "…"`](#kind) | what the type alone can't say |
/// | [`rename = "…"`](#rename) | its name on the wire |
/// | [`read_only`](#read_only) | only the service writes it |
/// | [`extra`](#extra) | holds the fields that the struct does not name |
/// | [`skip`](#skip) | no field of the record |
///
/// # `object`
///
/// A built-in (`person`, `company`, `deal`, `meeting`, `task`) or a custom name (`c_…`). Without it
/// the name is made of the struct's.
///
/// ```
/// use clarify_core::ClarifyObject;
///
/// #[derive(ClarifyObject)]
/// #[clarify(object = "person")]
/// struct Contact {
///     name: Option<String>,
/// }
///
/// #[derive(ClarifyObject)]
/// struct SalesOrder {
///     total: Option<f64>,
/// }
///
/// assert_eq!(Contact::OBJECT.name, "person");
/// assert_eq!(SalesOrder::OBJECT.name, "c_sales_order");
/// ```
///
/// # `crate`
///
/// Where `clarify_core` is, if it has another name or is re-exported.
///
/// ```
/// mod crm {
///     pub use clarify_core as api;
/// }
///
/// #[derive(crm::api::ClarifyObject)]
/// #[clarify(crate = crate::crm::api)]
/// # #[clarify(object = "c_ticket")]
/// struct Ticket {
///     title: Option<String>,
/// }
/// # fn main() {}
/// ```
///
/// # `schema`
///
/// The folder of the snapshot that the struct is checked against, from the package's root. Without it
/// the folder is the one that the environment variable `CLARIFY_SCHEMA` names, from the root of the
/// cargo workspace; else `clarify.schema` at the package's root, else the same at its workspace's.
///
/// `clarify schema pull` makes the snapshot, which is committed as a lock file is. Where there is
/// one, a struct that does not agree with it does not compile: a field that the workspace does not
/// have, a type that does not fit the field's kind, an option in another case, a required field that
/// is left out, an `Option` too many or too few. The struct is compiled anew when its file changes.
/// `extra` and `skip` fields are outside of it.
///
/// ```compile_fail
/// use clarify_core::ClarifyObject;
///
/// #[derive(ClarifyObject)]
/// #[clarify(schema = "no/such/folder")]
/// struct Ticket {
///     title: Option<String>,
/// }
/// ```
///
/// # `checked`
///
/// Without a snapshot, or without the object in one that has just some of the workspace's, nothing is
/// checked. Here that is a mistake.
///
/// ```compile_fail
/// use clarify_core::ClarifyObject;
///
/// #[derive(ClarifyObject)]
/// #[clarify(checked)] // there is no `clarify.schema` here
/// struct Ticket {
///     title: Option<String>,
/// }
/// ```
///
/// # `unique`
///
/// The field that upserts match on; an object has one at most. A built-in's own is unique without
/// being told, and no other of its fields can be.
///
/// ```
/// # use clarify_core::ClarifyObject;
/// #[derive(ClarifyObject)]
/// struct Ticket {
///     #[clarify(unique)]
///     number: String,
///     title: Option<String>,
/// }
///
/// assert_eq!(Ticket::OBJECT.unique_field().unwrap().name, "number");
/// ```
///
/// # `kind`
///
/// What the type alone can't say: `email_addresses`, `domains`, `phone_numbers` or `multi_select`
/// for a `Vec<String>`; `long_text` for a `String`; `currency` for a number; `rich_text`, `location`
/// and all others for a `serde_json::Value`. The known fields of built-ins have their kinds.
///
/// ```
/// # use clarify_core::{ClarifyObject, Kind};
/// #[derive(ClarifyObject)]
/// struct Supplier {
///     #[clarify(kind = "email_addresses")]
///     contacts: Vec<String>,
///     #[clarify(kind = "currency")]
///     credit: Option<f64>,
/// }
///
/// assert_eq!(Supplier::CONTACTS.schema().kind, Kind::EmailAddresses);
/// ```
///
/// # `rename`
///
/// The name on the wire, if it is not the field's.
///
/// ```
/// # use clarify_core::ClarifyObject;
/// #[derive(ClarifyObject)]
/// struct Ticket {
///     #[clarify(rename = "typeOf")]
///     r#type: Option<String>,
/// }
///
/// assert_eq!(Ticket::TYPE.name(), "typeOf");
/// ```
///
/// # `read_only`
///
/// Only the service writes the field: it is read, filtered and sorted by, and never sent. No patch
/// can set it.
///
/// ```
/// # use clarify_core::ClarifyObject;
/// #[derive(ClarifyObject)]
/// struct Ticket {
///     #[clarify(read_only)]
///     votes: Option<u32>,
/// }
///
/// assert!(Ticket::OBJECT.field("votes").unwrap().read_only);
/// ```
///
/// # `extra`
///
/// A map of JSON values that takes the fields which the struct does not name, and sends them back.
///
/// ```
/// # use clarify_core::ClarifyObject;
/// #[derive(ClarifyObject)]
/// #[clarify(object = "company")]
/// struct Company {
///     name: Option<String>,
///     #[clarify(extra)]
///     more: std::collections::BTreeMap<String, serde_json::Value>,
/// }
/// ```
///
/// # `skip`
///
/// No field of the record: never sent, and `Default::default()` in what is read.
///
/// ```
/// # use clarify_core::ClarifyObject;
/// #[derive(ClarifyObject)]
/// struct Ticket {
///     title: Option<String>,
///     #[clarify(skip)]
///     seen: bool,
/// }
///
/// assert_eq!(Ticket::OBJECT.fields.len(), 1);
/// ```
#[proc_macro_derive(ClarifyObject, attributes(clarify))]
pub fn clarify_object(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    emit::object::expand(&input, &Surroundings::from_env()).into()
}

/// Makes an enum the options of a select.
///
/// The text of an option is its variant's name, with a space where a new word begins (`InProgress`
/// is `In Progress`). Options are case-sensitive.
///
/// | on the enum | |
/// | --- | --- |
/// | `crate = …` | where `clarify_core` is, if not at `::clarify_core` |
///
/// | on a variant | |
/// | --- | --- |
/// | [`rename = "…"`](#rename-1) | the option's text |
/// | [`other`](#other) | keeps the options that the enum does not name |
///
/// # `rename`
///
/// The option's text, if it is not made of the variant's name.
///
/// ```
/// use clarify_core::ClarifySelect;
///
/// #[derive(Debug, PartialEq, ClarifySelect)]
/// enum Status {
///     #[clarify(rename = "To do")]
///     ToDo,
///     InProgress,
/// }
///
/// assert_eq!(Status::ToDo.option(), "To do");
/// assert_eq!(Status::from_option("In Progress"), Some(Status::InProgress));
/// assert_eq!(Status::from_option("in progress"), None);
/// ```
///
/// # `other`
///
/// On a variant with one `String`: it keeps the text of an option that the enum does not name, and
/// sends it back as it came. Without one, such an option makes its record unreadable.
///
/// ```
/// # use clarify_core::ClarifySelect;
/// #[derive(Debug, PartialEq, ClarifySelect)]
/// enum Stage {
///     Open,
///     #[clarify(other)]
///     Other(String),
/// }
///
/// let stage = Stage::from_option("Legal review").unwrap();
/// assert_eq!(stage, Stage::Other("Legal review".into()));
/// assert_eq!(stage.option(), "Legal review");
/// ```
#[proc_macro_derive(ClarifySelect, attributes(clarify))]
pub fn clarify_select(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    emit::select::expand(&input).into()
}

/// Makes a struct of every object of a workspace, and an enum of every select, while compiling.
///
/// The text names a snapshot of the workspace's schema, which `clarify schema pull` makes: a folder at
/// the package's root, or at its workspace's. A field that appears in the snapshot is a field of the
/// struct from then on, and a select has its new options.
///
/// What it makes is what `clarify schema generate` writes: public structs that derive
/// `Debug`, `Clone`, `PartialEq` and [`ClarifyObject`](derive@ClarifyObject), fields in snake case,
/// exact numbers (`Decimal`), links that know their objects, and selects that keep unknown options.
/// For another form of any of these, have the source written and change it.
///
/// | behind the folder | |
/// | --- | --- |
/// | `only = [company, c_ticket]` | makes these objects alone |
/// | `crate = …` | where `clarify_core` is, if not at `::clarify_core` |
///
/// ```
/// mod crm {
///     clarify_core::objects!("examples/clarify.schema");
/// }
///
/// use clarify_core::ClarifyObject;
///
/// let ticket = crm::Ticket { number: "T-1".into(), state: Some(crm::TicketState::InProgress) };
/// assert_eq!(crm::Ticket::OBJECT.name, "c_ticket");
/// assert_eq!(crm::Ticket::STATE.name(), "state");
/// # drop(ticket);
/// ```
#[proc_macro]
pub fn objects(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as objects::Input);
    objects::expand(&input).into()
}
