//! Several structs of one object.

use super::*;

fn line(kind: Kind) -> Vec<Object> {
    vec![Object::named(
        "c_line",
        vec![Field::new("note", Kind::Text), Field::new("qty", kind).required()],
    )]
}

const KEPT: &str = "(another struct of its object has what is new)";

#[test]
fn what_is_new_is_in_the_struct_that_is_called_as_the_object() {
    let before = "\
use clarify_core::{ClarifyObject, Decimal};

#[derive(Debug, ClarifyObject)]
#[clarify(object = \"c_line\")]
pub struct LineQty {
    pub qty: Decimal,
    pub gone: Decimal,
}

#[derive(Debug, ClarifyObject)]
pub struct Line {
    #[clarify(rename = \"qty\")]
    pub number: Decimal,
}
";
    let (text, notes) = done(before, &line(Kind::Number), false);
    let new = "pub struct Line {\n    /// Note.\n    pub note: Option<String>,\n";
    assert_eq!(text, before.replace("pub struct Line {\n", new));
    let gone = "gone     LineQty.gone (it stays; `--prune` takes it away)";
    assert_eq!(notes, ["added    Line.note", gone, &format!("kept     LineQty {KEPT}")]);
    assert_eq!(done(&text, &line(Kind::Number), false), (text.clone(), vec![gone.to_owned()]));

    let (text, _) = done(&text, &line(Kind::Text), true);
    assert!(text.contains("pub struct LineQty {\n    pub qty: String,\n}\n"), "{text}");
    assert!(text.contains("    pub number: String,\n"), "{text}");
    assert!(text.starts_with("use clarify_core::ClarifyObject;\n\n"), "{text}");
}

#[test]
fn else_it_is_in_the_one_with_the_most_fields() {
    let before = "\
#[derive(ClarifyObject)]
#[clarify(object = \"c_line\")]
struct A {}

#[derive(ClarifyObject)]
#[clarify(object = \"c_line\")]
struct B {
    qty: Decimal,
}

#[derive(ClarifyObject)]
#[clarify(object = \"c_line\")]
struct C {
    qty: Decimal,
}
";
    let (text, notes) = done(before, &line(Kind::Number), false);
    assert!(text.contains("struct B {\n    /// Note.\n"), "{text}");
    assert!(text.contains("struct A {}\n"), "{text}");
    assert!(text.contains("struct C {\n    qty: Decimal,\n"), "{text}");
    let kept = |name| format!("kept     {name} {KEPT}");
    assert_eq!(notes, ["added    B.note".to_owned(), kept("A"), kept("C")]);
}

#[test]
fn each_has_its_own_enum_or_shares_one() {
    let before = "\
use clarify_core::{ClarifyObject, ClarifySelect};

#[derive(ClarifyObject)]
struct Ticket {
    state: Option<State>,
    other: Option<State>,
}

#[derive(ClarifyObject)]
#[clarify(object = \"c_ticket\")]
struct View {
    state: Option<Short>,
    other: Option<State>,
}

#[derive(ClarifySelect)]
enum State {
    Open,
}

#[derive(ClarifySelect)]
enum Short {
    Open,
}
";
    let both = ticket(vec![select("state", &["Open", "New"]), select("other", &["Open", "New"])]);
    let (text, notes) = done(before, &both, false);
    assert_eq!(notes, ["added    State::New", "added    Short::New"]);
    assert_eq!(
        text.matches("    Open,\n    /// The option `New`.\n    New,\n}").count(),
        2,
        "{text}"
    );
    assert_eq!(done(&text, &both, true), (text.clone(), vec![]));
    let mut many = ticket(both[0].fields.to_vec());
    let mut fields = both[0].fields.to_vec();
    fields[0].kind = Kind::MultiSelect;
    many[0].fields = fields.into();
    let (text, _) = done(&text, &many, false);
    assert_eq!(
        text.matches("    state: Vec<State>,\n    other: Option<State>,\n").count(),
        2,
        "{text}"
    );
}
