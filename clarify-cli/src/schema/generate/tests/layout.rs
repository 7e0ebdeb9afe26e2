//! How what is new is laid out.

use clarify_codegen::{Names, Paths, module, plan};

use super::*;

fn line() -> Object {
    Object::named(
        "c_line",
        vec![
            Field::new("order_id", Kind::ToOne).target("c_order"),
            Field::new("qty", Kind::Number).required(),
        ],
    )
}

fn order() -> Object {
    Object::named("c_order", vec![Field::new("number", Kind::Text).required().unique()])
}

fn fresh(objects: &[Object]) -> String {
    module(&plan(objects, &Names::default()), &Paths::Imported)
}

#[test]
fn first_one_object_and_then_all_is_as_all_at_once() {
    let one = fresh(&[line()]);
    let all = [line(), order()];
    let (text, notes) = done(&one, &all, false);
    assert_eq!(notes, ["replaced Order (an enum stood for it, and is a struct now)"]);
    assert_eq!(text, fresh(&all));
    is_formatted(&text);
    let windows = one.replace('\n', "\r\n");
    assert_eq!(done(&windows, &all, false).0, fresh(&all).replace('\n', "\r\n"));
}

#[test]
fn what_is_brought_in_stands_before_what_uses_it() {
    let list = "use clarify_core::{ClarifyObject, Decimal, LinkTarget, RecordId};\n";
    let items = fresh(&[line()]).split_once(list).unwrap().1.to_owned();
    let cases = [
        ("use clarify_core::ClarifyObject;\n", format!("{list}{items}")),
        ("use clarify_core::ClarifyObject;", format!("{list}{items}")),
        ("\u{feff}use clarify_core::ClarifyObject;\n", format!("\u{feff}{list}{items}")),
        ("// a comment\n", format!("// a comment\n\n{list}{items}")),
        ("// a comment", format!("// a comment\n\n{list}{items}")),
        ("//! About it.\n", format!("//! About it.\n\n{list}{items}")),
        ("#![allow(unused)]\n", format!("#![allow(unused)]\n\n{list}{items}")),
        ("use std::fmt;\n", format!("use std::fmt;\n\n{list}{items}")),
        ("use std::fmt; // why\n", format!("use std::fmt; // why\n\n{list}{items}")),
        ("struct A;\n", format!("{list}\nstruct A;\n{items}")),
        ("// A.\nstruct A;\n", format!("{list}\n// A.\nstruct A;\n{items}")),
        ("#![allow(unused)]\n// A.\nstruct A;\n", {
            format!("#![allow(unused)]\n\n{list}\n// A.\nstruct A;\n{items}")
        }),
        ("mod a;\nstruct A; // a\nmod tests {}\n", {
            format!("{list}\nmod a;\nstruct A; // a\n{items}\nmod tests {{}}\n")
        }),
        ("mod tests {}\n", format!("{list}{items}\nmod tests {{}}\n")),
    ];
    for (before, expected) in cases {
        let (text, _) = done(before, &[line()], false);
        assert_eq!(text, expected, "{before}");
        is_formatted(text.trim_start_matches('\u{feff}'));
        assert_eq!(done(&text, &[line()], false).0, text);
    }
}

#[test]
fn use_lines_of_the_library_are_brought_together_and_others_stay() {
    let before = "\
use std::fmt;

use bytes::Bytes;
use clarify_core::{Client, ClarifyObject};
use clarify_core::jiff::Timestamp;
use serde::Serialize;

#[derive(ClarifyObject)]
struct Line {
    order_id: Option<Timestamp>,
}
";
    let (text, _) = done(before, &[line()], false);
    let expected = "\
use std::fmt;

use bytes::Bytes;
use clarify_core::{ClarifyObject, Client, Decimal, LinkTarget, RecordId};
use serde::Serialize;

#[derive(ClarifyObject)]
struct Line {
    order_id: Option<RecordId<Order>>,
    /// Qty.
    pub qty: Decimal,
}
";
    assert!(text.starts_with(expected), "{text}");
    is_formatted(&text);
}

#[test]
fn lists_of_any_form_lose_what_is_no_more_used() {
    let uses = "use clarify_core::{\n    ClarifyObject, // why\n    LinkTarget, RecordId,\n    jiff::{Timestamp, civil::Date},\n    serde_json::{self, Value},\n};\n";
    let before = uses.to_owned()
        + "\n#[derive(ClarifyObject)]\nstruct Line {\n    order_id: Option<RecordId<Order>>,\n    qty: Value,\n    a: Date,\n}\n"
        + "\nenum Order {}\n\nimpl LinkTarget for Order {\n    const TARGET: &'static str = \"c_order\";\n}\n";
    let (text, _) = done(&before, &[line(), order()], true);
    let left = uses.replace("LinkTarget, ", "").replace(", civil::Date", "");
    assert!(text.starts_with(&left), "{text}");
}

#[test]
fn what_people_bring_in_and_nothing_uses_stays() {
    let before = "use clarify_core::{ClarifyObject, Decimal, LinkTarget};\n\n#[derive(ClarifyObject)]\nstruct Order {}\n";
    let (text, _) = done(before, &[order()], false);
    assert!(
        text.starts_with("use clarify_core::{ClarifyObject, Decimal, LinkTarget};\n"),
        "{text}"
    );
}

#[test]
fn attributes_on_the_line_of_their_field_stay_there() {
    let before = "\
#[derive(ClarifyObject)]
pub struct Order {
    #[clarify(read_only)] pub number: Option<String>,
    /* a */ #[clarify(read_only)] pub b: Option<String>, // b
    #[serde(skip)] pub c: Option<String>,
    #[clarify(read_only)] // d
    pub d: Option<String>,
        #[clarify(read_only)]
        pub e: Option<String>,
}
";
    let field = |name| Field::new(name, Kind::Text);
    let fields = vec![field("number"), field("b"), field("c").read_only(), field("d"), field("e")];
    let (text, _) = done(before, &[Object::named("c_order", fields)], false);
    let expected = "\
#[derive(ClarifyObject)]
pub struct Order {
    pub number: Option<String>,
    /* a */ pub b: Option<String>, // b
    #[serde(skip)] #[clarify(read_only)] pub c: Option<String>,
    // d
    pub d: Option<String>,
        pub e: Option<String>,
}
";
    assert_eq!(text, expected);
}

#[test]
fn a_struct_without_fields_gets_them_as_one_that_is_new() {
    let all = [order_of(&["a", "b", "c"])];
    assert_eq!(done(&fresh(&[order_of(&[])]), &all, false).0, fresh(&all));
    assert_eq!(done(&fresh(&all), &[order_of(&[])], true).0, fresh(&[order_of(&[])]));
    let before = "#[derive(ClarifyObject)] struct Order { a: Option<String>, d: Option<String> }\n";
    let (text, _) = done(before, &[order_of(&["x", "y", "a", "b", "c", "d", "e", "f"])], false);
    assert!(!text.contains("\n\n    "), "{text}");
}

fn order_of(names: &[&'static str]) -> Object {
    Object::named("c_order", names.iter().map(|name| Field::new(name, Kind::Text)).collect())
}

#[test]
fn a_type_has_a_line_of_its_own_where_it_needs_one() {
    let name = "a_field_whose_name_is_as_long_as_the_names_of_fields_can_be";
    let of = |kind| {
        let link = Field::new(name, kind);
        let link = if kind == Kind::ToOne { link.target("c_order_of_another_kind") } else { link };
        let text = Field::new("note", Kind::Text);
        [Object::named("c_line", vec![link]), Object::named("c_order_of_another_kind", vec![text])]
    };
    let (long, short) = (of(Kind::ToOne), of(Kind::Checkbox));
    assert!(fresh(&long).contains(":\n        Option<"));
    assert_eq!(done(&fresh(&short), &long, false).0, fresh(&long));
    assert_eq!(done(&fresh(&long), &short, false).0, fresh(&short));
}
