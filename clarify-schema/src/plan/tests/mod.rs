//! What is planned, and that it leads there.

mod random;

use super::*;
use crate::{BUILT_INS, COMPANY, Effect, Field, Kind, Text};

const NOTHING: Permission =
    Permission { remove_fields: false, remove_options: false, require: false };
const ALL: Permission = Permission { remove_fields: true, remove_options: true, require: true };

fn built_ins() -> Vec<Object> {
    BUILT_INS.into_iter().cloned().collect()
}

fn object(name: &'static str, fields: Vec<Field>) -> Object {
    Object::named(name, fields)
}

fn select(name: &'static str, options: &[&'static str]) -> Field {
    let options: Vec<Text> = options.iter().map(|option| (*option).into()).collect();
    Field { options: options.into(), ..Field::new(name, Kind::Select) }
}

const fn text(name: &'static str) -> Field {
    Field::new(name, Kind::Text)
}

/// The plan's lines, and those of what is left that is not harmless. That nothing is to be done once
/// it is done is seen to.
fn planned(ours: &[Object], theirs: &[Object], permission: Permission) -> Vec<String> {
    let Plan { steps, left } = plan(ours, theirs, permission);
    let mut now = theirs.to_vec();
    for step in &steps {
        assert!(!step.is_done(&now), "{step:?}");
        step.apply(&mut now);
        assert!(step.is_done(&now), "{step:?}");
    }
    let again = plan(ours, &now, permission);
    assert_eq!((&*again.steps, &again.left), (&[][..], &left));
    let left = left.iter().filter(|d| d.effect > Effect::Harmless).map(|d| format!("! {d}"));
    steps.iter().flat_map(Step::lines).map(|line| line.to_string()).chain(left).collect()
}

#[test]
fn what_is_there_needs_no_step() {
    assert!(planned(&built_ins(), &built_ins(), ALL).is_empty());
    let theirs = object("c_a", vec![text("a"), text("b")]);
    assert!(planned(&[object("c_a", vec![text("a")])], &[theirs], NOTHING).is_empty());
}

#[test]
fn an_object_is_made_with_its_fields() {
    let fields = vec![
        text("number").required().unique(),
        select("state", &["Open", "Closed"]),
        Field::new("owner_id", Kind::ToOne).target("user"),
        Field::new("company_id", Kind::ToOne).target("company"),
    ];
    let lines = planned(&[object("c_ticket", fields)], &built_ins(), NOTHING);
    let expected = [
        "+ c_ticket: a new object, `Ticket` and `Tickets`",
        "+ c_ticket.number: text, required, unique",
        "+ c_ticket.state: select of `Open`, `Closed`",
        "+ c_ticket.owner_id: link to `user`",
        "+ c_ticket.company_id: link to `company`",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn objects_that_link_to_each_other_are_made_first_and_put_in_order_last() {
    let link = |name: &'static str, target: &'static str| {
        Field::new(name, Kind::ToOne).target(target).required()
    };
    let ours = [
        object("c_a", vec![link("b_id", "c_b"), text("x")]),
        object("c_b", vec![link("a_id", "c_a")]),
    ];
    let expected = [
        "+ c_a: a new object, `A` and `As`",
        "+ c_a.x: text",
        "+ c_b: a new object, `B` and `Bs`",
        "+ c_b.a_id: link to `c_a`, required",
        "+ c_a.b_id: link to `c_b`",
        "~ c_a.b_id: required",
        "~ c_a: its fields in their order",
    ];
    assert_eq!(planned(&ours, &[], NOTHING), expected);
}

#[test]
fn a_relationship_is_made_once_with_both_its_sides() {
    let here = Field::new("company_id", Kind::ToOne).target("company").inverse("tickets");
    let there = Field::new("tickets", Kind::ToMany).target("c_ticket").inverse("company_id");
    let mut company = COMPANY.clone();
    company.fields.to_mut().push(Field { title: Some("All tickets".into()), ..there });
    let ticket = object("c_ticket", vec![here]);
    let made = "+ c_ticket: a new object, `Ticket` and `Tickets`";
    let related = ["+ c_ticket.company_id: many-to-one with `company.tickets`"];
    let other_way = ["+ company.tickets: one-to-many with `c_ticket.company_id`"];
    let lines = planned(&[ticket.clone(), company.clone()], &built_ins(), NOTHING);
    assert_eq!(lines, [&[made], &related[..]].concat());
    let lines = planned(&[company.clone(), ticket.clone()], &built_ins(), NOTHING);
    assert_eq!(lines, [&[made], &other_way[..]].concat());
    // What is not said of the other side follows from this one.
    let lines = planned(std::slice::from_ref(&ticket), &built_ins(), NOTHING);
    assert_eq!(lines, [&[made], &related[..]].concat());

    let Plan { steps, .. } = plan(&[ticket, company], &built_ins(), NOTHING);
    let mut now = built_ins();
    steps.iter().for_each(|step| step.apply(&mut now));
    let company = now.iter().find(|object| object.name == "company").unwrap();
    let tickets = company.field("tickets").unwrap();
    assert_eq!((tickets.kind, tickets.title.as_deref()), (Kind::ToMany, Some("All tickets")));
}

#[test]
fn many_to_many_and_links_to_one_s_own_object_have_two_sides_too() {
    let tags = Field::new("tags", Kind::ToMany).target("c_tag").inverse("notes").many_to_many();
    let parent = Field::new("parent_id", Kind::ToOne).target("c_note").inverse("replies");
    let ours = [object("c_note", vec![tags, parent]), object("c_tag", vec![])];
    let expected = [
        "+ c_note: a new object, `Note` and `Notes`",
        "+ c_tag: a new object, `Tag` and `Tags`",
        "+ c_note.tags: many-to-many with `c_tag.notes`",
        "+ c_note.parent_id: many-to-one with `c_note.replies`",
    ];
    assert_eq!(planned(&ours, &[], NOTHING), expected);
}

#[test]
fn what_an_object_lacks_is_added_and_nothing_else() {
    let theirs = object("c_a", vec![select("state", &["Open", "Lost"]), text("theirs")]);
    let ours =
        object("c_a", vec![select("state", &["Open", "Won"]), text("number").unique().required()]);
    let expected = [
        "+ c_a.number: text, unique",
        "+ c_a.state: the option `Won`",
        "! c_a.state: there is also the option `Lost`",
        "! c_a.number: a record may have no value",
    ];
    assert_eq!(planned(&[ours], &[theirs], NOTHING), expected);
}

#[test]
fn a_select_that_takes_any_text_gets_options_unless_ours_is_open() {
    let theirs = [object("c_a", vec![select("state", &[])])];
    let ours = |open: bool| [object("c_a", vec![Field { open, ..select("state", &["Open"]) }])];
    let line = "+ c_a.state: the option `Open`, and no other text";
    assert_eq!(planned(&ours(false), &theirs, NOTHING), [line]);
    assert!(planned(&ours(true), &theirs, NOTHING).is_empty());
}

#[test]
fn a_field_that_is_there_can_become_unique_and_where_it_is_allowed_required() {
    let theirs = [object("c_a", vec![text("number")])];
    let ours = [object("c_a", vec![text("number").unique().required()])];
    let unique = "~ c_a.number: unique";
    let optional = "! c_a.number: a record may have no value";
    assert_eq!(planned(&ours, &theirs, NOTHING), [unique, optional]);
    let permission = Permission { require: true, ..NOTHING };
    assert_eq!(planned(&ours, &theirs, permission), [unique, "~ c_a.number: required"]);
}

#[test]
fn what_can_not_be_done_is_left() {
    let theirs = [
        object("c_a", vec![text("kind"), text("number").unique()]),
        COMPANY.clone(),
        object("c_b", vec![Field::new("a_id", Kind::ToOne).target("company")]),
    ];
    let mut company = COMPANY.clone();
    company.fields.to_mut().push(text("code").unique());
    let ours = [
        object("c_a", vec![Field::new("kind", Kind::Number), text("other").unique()]),
        company,
        object("c_b", vec![Field::new("a_id", Kind::ToOne).target("c_a")]),
        object("c_a__b", vec![]),
        object("c_c", vec![Field::new("things", Kind::ToMany).target("c_a")]),
    ];
    let expected = [
        "+ c_c: a new object, `C` and `Cs`",
        "+ c_a.other: text",
        "+ company.code: text",
        "! c_a.kind: it is of the kind `text`, not `number`",
        "! c_a.other: it is not unique: the workspace matches on `number`",
        "! company.code: it is not unique: the workspace matches on `domains`",
        "! c_b.a_id: it links to `company`, not to `c_a`",
        "! c_a__b: the workspace has no such object, and the API makes none of this name",
        "! c_c.things: there is no such field",
    ];
    assert_eq!(planned(&ours, &theirs, NOTHING), expected);
    // Where what is in the way goes, it can.
    let lines = planned(&ours, &theirs, ALL);
    assert!(lines.contains(&"- c_a.number: the field, with its values".to_owned()), "{lines:?}");
    assert!(lines.contains(&"~ c_a.other: unique".to_owned()), "{lines:?}");
}

#[test]
fn what_is_there_goes_where_it_may() {
    let theirs = [
        object("c_a", vec![text("old"), text("kept"), select("state", &["A", "B"])]),
        COMPANY.clone(),
    ];
    let company = object("company", vec![text("name")]);
    let ours = [object("c_a", vec![text("kept"), select("state", &["A"])]), company];
    let both =
        ["- c_a.old: the field, with its values", "- c_a.state: the option `B`, also in records"];
    assert_eq!(planned(&ours, &theirs, ALL), both);
    let options = Permission { remove_options: true, ..NOTHING };
    assert_eq!(planned(&ours, &theirs, options), both[1..]);
    let new = "! c_a.state: there is also the option `B`";
    assert_eq!(planned(&ours, &theirs, NOTHING), [new]);
}

#[test]
fn what_may_be_refused_comes_before_what_goes() {
    let theirs = [object("c_a", vec![text("old").unique(), select("state", &["A", "B"])])];
    let fields = vec![select("state", &["A"]), text("new").required().unique()];
    let expected = [
        "+ c_a.new: text",
        "~ c_a.new: required",
        "~ c_a.new: unique",
        "- c_a.old: the field, with its values",
        "- c_a.state: the option `B`, also in records",
    ];
    let ours = [object("c_a", fields)];
    assert_eq!(planned(&ours, &theirs, ALL), expected);
    let Plan { steps, .. } = plan(&ours, &theirs, ALL);
    assert_eq!(steps.len(), 4, "another unique field takes the place of one in one step");
}

#[test]
fn other_sides_that_are_made_are_no_news() {
    let link = Field::new("company_id", Kind::ToOne).target("company").inverse("orders");
    let ours = [object("c_order", vec![link])];
    for theirs in [vec![], ours.to_vec()] {
        let theirs: Vec<_> = theirs.into_iter().chain(built_ins()).collect();
        let left = plan(&ours, &theirs, NOTHING).left;
        assert!(left.iter().all(|difference| difference.field.is_none()), "{left:?}");
    }
    // What stands in the way of one is no other side.
    let mut company = COMPANY.clone();
    company.fields.to_mut().push(text("more"));
    let left = plan(&[object("company", vec![])], &[company], NOTHING).left;
    assert!(left.iter().any(|difference| difference.field.as_deref() == Some("more")));
}

#[test]
fn what_the_program_does_not_know_is_left_as_it_is_to_it() {
    let number = text("number").required();
    let marks = Field::new("marks", Kind::Texts);
    let of_struct = [object("c_a", vec![marks.clone()])];
    let ours = [object("c_a", vec![number.clone(), marks.clone().required()])];
    let theirs = [object("c_a", vec![number, marks, text("more")])];
    let made = plan(&ours, &theirs, NOTHING).for_program(&of_struct, &ours, &theirs);
    let left: Vec<_> = made.left.iter().map(ToString::to_string).collect();
    let expected = [
        "c_a.number: a required field that is not known here",
        "c_a.more: a field that is not known here",
    ];
    assert_eq!(left, expected);
}

#[test]
fn a_relationship_goes_where_neither_side_is_known() {
    let here = Field::new("b_id", Kind::ToOne).target("c_b").inverse("as");
    let there = Field::new("as", Kind::ToMany).target("c_a").inverse("b_id");
    let theirs = [object("c_a", vec![here.clone()]), object("c_b", vec![there])];
    let without = |name| object(name, vec![]);
    let gone = "- c_a.b_id: its links and `c_b.as`";
    assert_eq!(planned(&[without("c_a"), without("c_b")], &theirs, ALL), [gone]);
    // One side is known, or nothing of the other's object.
    assert!(planned(&[object("c_a", vec![here]), without("c_b")], &theirs, ALL).is_empty());
    assert!(planned(&[without("c_a")], &theirs, ALL).is_empty());
}

#[test]
fn what_stands_where_another_side_is_to_be_stays() {
    let link = |name| Field::new(name, Kind::ToOne).target("c_a").inverse("z");
    let ours = [object("c_a", vec![]), object("c_b", vec![link("v")])];
    let theirs = [object("c_a", vec![text("z"), link("w")]), object("c_b", vec![])];
    // The other side of `w` is none, so it goes alone.
    let expected = ["- c_a.w: its links and `c_a.z`", "! c_b.v: there is no such field"];
    assert_eq!(planned(&ours, &theirs, ALL), expected);
}

#[test]
fn labels_that_make_no_name_are_set_afterwards() {
    let order = object("c_order", vec![]).labels("Bestellung", "Bestellungen");
    let expected = [
        "+ c_order: a new object, `Order` and `Bestellungen`",
        "~ c_order: called `Bestellung` and `Bestellungen`",
    ];
    assert_eq!(planned(&[order], &[], NOTHING), expected);
}

#[test]
fn several_structs_may_be_of_one_object() {
    let ours = [object("c_a", vec![text("one")]), object("c_a", vec![text("two")])];
    let lines = planned(&ours, &[], ALL);
    let expected = ["+ c_a: a new object, `A` and `As`", "+ c_a.one: text", "+ c_a.two: text"];
    assert_eq!(lines, expected);
}
