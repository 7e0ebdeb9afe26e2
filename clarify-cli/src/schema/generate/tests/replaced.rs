//! Objects that an enum stood for.

use super::*;

fn order() -> Vec<Object> {
    vec![Object::named(
        "c_order",
        vec![Field::new("number", Kind::Text).required().unique(), select("status", &["Draft"])],
    )]
}

const STRUCT: &str = "\
/// Order.
/// My own long note.
#[derive(Debug, Clone, PartialEq, Eq, Hash, ClarifyObject)]
// mine
pub(crate) struct Order {
    /// Number.
    #[clarify(unique)]
    pub number: String,
    /// Status.
    pub status: Option<OrderStatus>,
}

/// What can be `status` of [`Order`].
#[derive(Debug, Clone, PartialEq, ClarifySelect)]
pub enum OrderStatus {
    /// The option `Draft`.
    Draft,
    /// An option that was not known when this was written.
    #[clarify(other)]
    Other(String),
}
";

#[test]
fn what_people_wrote_on_the_enum_stays_on_the_struct() {
    let before = "\
use clarify_core::LinkTarget;

/// Records of `c_order`, which has no struct here.
/// My own long note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
// mine
pub(crate) enum Order {}

// a comment between
impl LinkTarget for Order {
    const TARGET: &'static str = \"c_order\";
}

pub fn after() {}
";
    let (text, notes) = done(before, &order(), false);
    let rest = "\n// a comment between\n\npub fn after() {}\n";
    let uses = "use clarify_core::{ClarifyObject, ClarifySelect};\n";
    assert_eq!(text, format!("{uses}\n{STRUCT}{rest}"));
    assert_eq!(notes, ["replaced Order (an enum stood for it, and is a struct now)"]);
    is_formatted(&text);
    assert_eq!(done(&text, &order(), false), (text, vec![]));
}

#[test]
fn enums_of_any_form_become_structs() {
    let before = "\
/// Mine alone.
#[derive(Copy)]
#[derive(Clone, Copy)]
enum Bestellung { /* empty */ }
/// On the link.
impl clarify_core::LinkTarget for Bestellung { // one
    const TARGET: &'static str = \"c_order\"; // two
}
";
    let (text, _) = done(before, &order(), false);
    let head = "\
use clarify_core::{ClarifyObject, ClarifySelect};

/// Mine alone.
#[derive(ClarifyObject)]
#[derive(Clone)]
#[clarify(object = \"c_order\")]
struct Bestellung { /* empty */
    /// Number.
";
    assert!(text.starts_with(head), "{text}");
    assert!(text.ends_with("}\n// On the link.\n// one\n// two\n"), "{text}");
    assert_eq!(done(&text, &order(), false), (text, vec![]));
    let link = "impl LinkTarget for Order { const TARGET: &'static str = \"c_order\"; }";
    let docs = "/// Records of `c_order`, which has no struct here.";
    let (text, _) = done(&format!("{docs}\nenum Order {{}}\n{link}"), &order(), false);
    assert!(text.contains("\n/// Order.\n#[derive(ClarifyObject)]\nstruct Order {\n"), "{text}");
}

#[test]
fn a_type_of_people_s_own_that_stands_for_an_object_stays() {
    let before = "\
use clarify_core::LinkTarget;

pub struct Order;

impl LinkTarget for Order {
    const TARGET: &'static str = \"c_order\";
}

#[derive(clarify_core::ClarifyObject)]
pub struct Line {
    pub order_id: Option<clarify_core::RecordId<Order>>,
}
";
    let mut objects = order();
    let link = Field::new("order_id", Kind::ToOne).target("c_order");
    objects.push(Object::named("c_line", vec![link]));
    let (text, notes) = done(before, &objects, false);
    assert!(text.contains("clarify_core::RecordId<Order>>"), "{text}");
    assert!(text.contains("pub struct Order;\n\nimpl LinkTarget for Order {\n"), "{text}");
    assert_eq!(notes, ["added    CustomOrder"]);
    assert_eq!(done(&text, &objects, false), (text, vec![]));
}
