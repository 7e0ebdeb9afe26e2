//! Snapshots of the emitted code, each with the item that it was emitted for.

use clarify_schema::{COMPANY, Field, Kind, Object};
use proc_macro2::TokenStream;
use syn::{DeriveInput, parse_quote};

use super::{formatted, object, object_checked, object_told, of_options, select};

fn checked_whole(item: &DeriveInput) -> TokenStream {
    let fields = vec![
        Field::new("number", Kind::Text).required().unique(),
        of_options(Field::new("state", Kind::Select), &["Open", "on hold"]),
        Field::new("company_id", Kind::ToOne).target("company").read_only(),
    ];
    object_checked(item, &[Object::named("c_ticket", fields)], true)
}

fn checked_in_part(item: &DeriveInput) -> TokenStream {
    object_checked(item, std::slice::from_ref(&COMPANY), false)
}

macro_rules! snapshot {
    ($expand:ident, $item:expr) => {
        let item: DeriveInput = $item;
        let input = prettyplease::unparse(&parse_quote!(#item));
        let output = formatted($expand(&item));
        insta::assert_snapshot!(format!("{input}\n// emits\n\n{output}"));
    };
}

#[test]
fn a_custom_object() {
    snapshot!(
        object,
        parse_quote! {
            pub struct Ticket {
                /// The number on the label.
                #[clarify(unique)]
                number: String,
                state: Option<State>,
            }
        }
    );
}

#[test]
fn a_built_in_object() {
    snapshot!(
        object,
        parse_quote! {
            #[clarify(object = "company")]
            struct Company {
                name: Option<String>,
                domains: Vec<String>,
            }
        }
    );
}

#[test]
fn every_attribute() {
    snapshot!(
        object,
        parse_quote! {
            #[clarify(object = "c_thing", crate = crate::clarify)]
            pub(crate) struct Thing {
                #[clarify(kind = "currency")]
                price: Option<f64>,
                #[clarify(rename = "type_of")]
                r#type: String,
                #[clarify(read_only)]
                score: Option<f64>,
                parent_id: Option<RecordId<Self>>,
                #[clarify(skip)]
                seen: bool,
                #[clarify(extra)]
                more: Map<String, Value>,
            }
        }
    );
}

#[test]
fn an_object_without_fields() {
    snapshot!(
        object,
        parse_quote! {
            struct Nothing {}
        }
    );
}

#[test]
fn an_object_that_a_snapshot_has() {
    snapshot!(
        checked_whole,
        parse_quote! {
            struct Ticket {
                #[clarify(unique)]
                number: String,
                state: Option<State>,
                #[clarify(read_only)]
                company_id: Option<RecordId<Company>>,
            }
        }
    );
}

#[test]
fn an_object_that_a_snapshot_may_yet_have() {
    snapshot!(
        checked_in_part,
        parse_quote! {
            struct Nothing {}
        }
    );
}

#[test]
fn a_table_that_is_told() {
    snapshot!(
        object_told,
        parse_quote! {
            struct Nothing {}
        }
    );
}

#[test]
fn what_is_no_object() {
    snapshot!(
        object,
        parse_quote! {
            struct Pair<T>(T, T);
        }
    );
}

#[test]
fn a_select() {
    snapshot!(
        select,
        parse_quote! {
            pub enum State {
                Open,
                #[clarify(rename = "on hold")]
                OnHold,
                #[clarify(other)]
                Other(String),
            }
        }
    );
}

#[test]
fn a_closed_select() {
    snapshot!(
        select,
        parse_quote! {
            enum Priority {
                VeryHigh,
                Low,
            }
        }
    );
}

#[test]
fn what_is_no_select() {
    snapshot!(
        select,
        parse_quote! {
            enum Shape {
                Circle { radius: f64 },
            }
        }
    );
}
