//! The families of field types that share their filter operators.
//!
//! A [`FieldType`](crate::FieldType) names its family, and a method of [`Field`](crate::Field) such
//! as `contains` is there for the families that the API allows it for.

use clarify_schema::Operator;

/// Texts and names: `is`, `contains`, `starts_with` …
#[derive(Debug)]
pub enum Text {}
/// Numbers: `is`, `gt`, `le` …
#[derive(Debug)]
pub enum Number {}
/// Dates and times: `is`, `before`, `on_or_after` …
#[derive(Debug)]
pub enum Time {}
/// Selects: `is`, `one_of` …
#[derive(Debug)]
pub enum Select {}
/// Checkboxes: `is`, `is_set` …
#[derive(Debug)]
pub enum Checkbox {}
/// Links: `is`, `is_empty` …
#[derive(Debug)]
pub enum Link {}
/// Collections: `contains`, `is_empty` …
#[derive(Debug)]
pub enum Collection {}
/// Everything else: `is_empty`, `is_not_empty`.
#[derive(Debug)]
pub enum Opaque {}

/// Families with `within`.
#[diagnostic::on_unimplemented(
    message = "`within` is for numbers, dates and times",
    label = "not an operator of this field"
)]
pub trait Ranged {
    #[doc(hidden)]
    const FROM: Operator;
    #[doc(hidden)]
    const ABOVE: Operator;
    #[doc(hidden)]
    const TO: Operator;
    #[doc(hidden)]
    const BELOW: Operator;
}

#[diagnostic::do_not_recommend]
impl Ranged for Number {
    const FROM: Operator = Operator::GreaterThanOrEqual;
    const ABOVE: Operator = Operator::GreaterThan;
    const TO: Operator = Operator::LessThanOrEqual;
    const BELOW: Operator = Operator::LessThan;
}

#[diagnostic::do_not_recommend]
impl Ranged for Time {
    const FROM: Operator = Operator::IsOnOrAfter;
    const ABOVE: Operator = Operator::IsAfter;
    const TO: Operator = Operator::IsOnOrBefore;
    const BELOW: Operator = Operator::IsBefore;
}

macro_rules! families {
    ($($(#[$doc:meta])* $family:ident, $message:literal: $($class:ident)*;)*) => {$(
        $(#[$doc])*
        #[diagnostic::on_unimplemented(message = $message, label = "not an operator of this field")]
        pub trait $family {}
        $(
            #[diagnostic::do_not_recommend]
            impl $family for $class {}
        )*
    )*};
}

families! {
    /// Families that compare for equality.
    Equal, "collections and opaque fields have no `is` and `is_not`: use `contains`, or `is_empty`":
        Text Number Time Select Checkbox Link;
    /// Families with `contains`.
    Containing, "`contains` is for texts and collections": Text Collection;
    /// Families with `starts_with` and `ends_with`.
    Affix, "`starts_with` and `ends_with` are for texts": Text;
    /// Families with `gt`, `ge`, `lt`, `le`.
    Ordered, "`gt`, `ge`, `lt` and `le` are for numbers: dates and times have `before` and `after`": Number;
    /// Families with `before`, `after` and their like.
    Timed, "`before`, `after` and their like are for dates and times: numbers have `lt` and `gt`": Time;
    /// Families with `one_of`.
    OneOf, "`one_of` and `not_one_of` are for selects": Select;
    /// Families with `is_set`.
    Settable, "`is_set` and `is_not_set` are for checkboxes: others have `is_empty`": Checkbox;
    /// Families with `is_empty`.
    Emptiable, "checkboxes have `is_set` and `is_not_set` in place of `is_empty`":
        Text Number Time Select Link Collection Opaque;
}
