//! The derive macros of `clarify-core`, which re-exports them and documents their use.
//!
//! Each macro goes the same way, a file for each stage: `attr` reads the arguments of
//! `#[clarify(...)]`, `input` the struct or enum, `model` decides what it means and collects
//! every mistake, `emit` writes the code. Nothing stops at the first mistake.

mod attr;
mod emit;
mod errors;
mod input;
mod model;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct with named fields an object of a Clarify workspace.
///
/// On the struct:
///
/// | attribute | meaning |
/// | --- | --- |
/// | `object = "person"` | the object's name: a built-in (`person`, `company`, `deal`, `meeting`, `task`) or a custom one (`c_…`). Without it the name is made of the struct's: `SalesOrder` is `c_sales_order` |
/// | `crate = path` | where `clarify_core` is, if not at `::clarify_core` |
///
/// On a field:
///
/// | attribute | meaning |
/// | --- | --- |
/// | `unique` | upserts match on this field. On a built-in it can only be the built-in's own unique field, which is unique without being told |
/// | `kind = "currency"` | what the type alone can't say: `email_addresses`, `domains`, `phone_numbers` or `multi_select` for a `Vec<String>`; `long_text` for a `String`; `currency` for a number; `rich_text`, `location` for a `serde_json::Value` |
/// | `rename = "type"` | the name on the wire, if not the field's |
/// | `read_only` | only the service writes it: it is read, and never sent |
/// | `extra` | a map of JSON values that holds the fields which the struct does not name, and sends them back |
/// | `skip` | not a field of the record: never sent, and `Default::default()` when read |
///
/// For each field there is a constant (`Person::TITLE` for `title`) with which filters, sorts and
/// patches begin.
#[proc_macro_derive(ClarifyObject, attributes(clarify))]
pub fn clarify_object(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    emit::object::expand(&input).into()
}

/// Makes an enum the options of a select: the text of a variant is its name, with a space where a
/// new word begins (`InProgress` is `In Progress`). Options are case-sensitive.
///
/// On the enum:
///
/// | attribute | meaning |
/// | --- | --- |
/// | `crate = path` | where `clarify_core` is, if not at `::clarify_core` |
///
/// On a variant:
///
/// | attribute | meaning |
/// | --- | --- |
/// | `rename = "To do"` | the option's text, if not the variant's name |
/// | `other` | on a variant with one `String`: it keeps the text of an option that the enum does not name, and sends it back. Without one such an option is an error of its record |
#[proc_macro_derive(ClarifySelect, attributes(clarify))]
pub fn clarify_select(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    emit::select::expand(&input).into()
}
