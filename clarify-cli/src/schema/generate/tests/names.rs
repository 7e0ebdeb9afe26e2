//! Names that people have given to other things.

use super::*;

fn event() -> Vec<Object> {
    let fields = vec![
        Field::new("at", Kind::DateTime),
        Field::new("on", Kind::Date),
        Field::new("kind", Kind::Select),
        Field::new("seen_at", Kind::DateTime),
    ];
    vec![Object::named("c_event", fields)]
}

#[test]
fn a_name_that_means_something_else_is_written_as_a_path() {
    let before = "\
use chrono::Date;
use clarify_core::ClarifyObject;

pub struct Timestamp;
pub trait ClarifySelect {}

#[derive(ClarifyObject)]
pub struct Event {
    pub at: Option<Timestamp>,
}
";
    let (text, _) = done(before, &event(), false);
    assert!(text.starts_with("use chrono::Date;\nuse clarify_core::ClarifyObject;\n\n"), "{text}");
    assert!(text.contains("    pub at: Option<Timestamp>,\n"), "{text}");
    assert!(text.contains("    pub on: Option<clarify_core::jiff::civil::Date>,\n"), "{text}");
    assert!(text.contains("    pub seen_at: Option<clarify_core::jiff::Timestamp>,\n"), "{text}");
    assert!(text.contains("PartialEq, clarify_core::ClarifySelect)]\npub enum Event"), "{text}");
    is_formatted(&text);
    assert_eq!(done(&text, &event(), true).0, text);

    let before = "use jiff::{Timestamp, civil::Date};\nuse clarify_core::*;\n";
    let (text, _) = done(before, &event(), false);
    assert!(text.starts_with(before) && !text.contains("jiff::Timestamp>"), "{text}");
    assert!(text.contains("    pub on: Option<Date>,\n"), "{text}");
    assert_eq!(text.matches("use ").count(), 2, "{text}");
}

#[test]
fn a_field_that_is_skipped_is_left_out_with_all_that_it_needs() {
    let before = "\
use clarify_core::{ClarifyObject, Decimal};

#[derive(ClarifyObject)]
struct Line {
    qty: Decimal,
    #[clarify(skip)]
    order_id: u8,
    #[clarify(skip)]
    state: u8,
}
";
    let line = Object::named(
        "c_line",
        vec![
            Field::new("qty", Kind::Number).required(),
            Field::new("order_id", Kind::ToOne).target("c_order"),
            select("State", &["A"]),
        ],
    );
    let (text, notes) = done(before, &[line], false);
    assert_eq!(text, before);
    assert!(notes.is_empty(), "{notes:?}");
}
