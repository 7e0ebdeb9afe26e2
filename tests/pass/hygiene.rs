//! What a user's module may hold without being in the way of the macros.

#![deny(warnings, missing_docs, dead_code, unused, unreachable_pub)]

/// Names that stand for something else here.
#[allow(non_camel_case_types, dead_code)]
mod names {
    pub(super) struct Option;
    pub(super) struct String;
    pub(super) struct Vec;
    pub(super) struct Result;
    pub(super) struct Some;
    pub(super) struct None;
    pub(super) struct Self_;
    pub(super) struct Field;
    pub(super) struct Record;
    pub(super) struct Kind;
}

#[allow(unused_imports)]
use names::*;

use clarify_core::{ClarifyObject, ClarifySelect};

macro_rules! object {
    ($name:ident, $field:ident: $type:ty) => {
        /// A struct that a macro makes.
        #[derive(Debug, ClarifyObject)]
        pub struct $name {
            /// Its one field.
            pub $field: $type,
        }
    };
}

object!(Gadget, size: ::std::option::Option<f64>);

/// A struct with names that are none.
#[derive(Debug, ClarifyObject)]
struct Widget {
    #[clarify(rename = "kind")]
    r#type: ::std::option::Option<::std::string::String>,
    row: ::std::option::Option<::std::string::String>,
    slots: ::std::vec::Vec<::std::string::String>,
    f0: bool,
    state: State,
}

/// A select whose options have names of the library's.
#[derive(Debug, PartialEq, ClarifySelect)]
enum State {
    Some,
    None,
    #[clarify(other)]
    Other(::std::string::String),
}

fn main() {
    assert_eq!(Widget::OBJECT.name, "c_widget");
    assert_eq!(Widget::TYPE.name(), "kind");
    assert_eq!(Gadget::SIZE.name(), "size");
    assert_eq!(State::from_option("Some"), ::std::option::Option::Some(State::Some));
    let other = State::Other("x".into());
    assert_eq!((State::None.option(), other.option()), ("None", "x"));
    let widget = Widget {
        r#type: ::std::option::Option::None,
        row: ::std::option::Option::None,
        slots: ::std::vec::Vec::new(),
        f0: true,
        state: State::None,
    };
    let call = clarify_core::request::Calls::new().create(&widget).unwrap();
    let sent = ::std::string::String::from_utf8_lossy(&call.body).into_owned();
    assert!(sent.contains(r#""attributes":{"f0":true,"state":"None"}"#), "{sent}");
    let Widget { r#type, row, slots, f0, state } = widget;
    assert!(r#type.is_none() && row.is_none() && slots.is_empty() && f0 && state == State::None);
}
