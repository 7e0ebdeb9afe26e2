//! What a struct leaves unsaid of its object.

use crate::{Field, Object, Text};

/// A struct's object with the rest of what a snapshot says of it: labels, titles, descriptions, other
/// sides, fields that the struct does not have, their order. Where both say something of a field,
/// the struct counts: its kind, its options, whether a record must have it, what it links to.
///
/// ```
/// # use clarify_schema::{Field, Kind, Object, completed};
/// let of_struct = Object::named("c_order", vec![Field::new("state", Kind::Select)]);
/// let fields = vec![Field::new("number", Kind::Text), Field::new("state", Kind::Text)];
/// let snapshot = Object::named("c_order", fields).labels("Sale", "Sales");
/// let order = completed(&of_struct, &snapshot);
/// assert_eq!((&*order.called().0, order.fields.len()), ("Sale", 2));
/// assert_eq!(order.field("state").unwrap().kind, Kind::Select);
/// ```
#[must_use]
pub fn completed(of_struct: &Object, snapshot: &Object) -> Object {
    let mut object = snapshot.clone();
    let unique = of_struct.unique_field().map(|field| &field.name);
    let fields = object.fields.to_mut();
    for field in fields.iter_mut() {
        field.unique &= unique.is_none_or(|unique| field.name == *unique);
    }
    for field in of_struct.fields.iter() {
        match fields.iter_mut().find(|known| known.name == field.name) {
            Some(known) => lay_over(known, field),
            None => fields.push(field.clone()),
        }
    }
    object
}

fn lay_over(known: &mut Field, field: &Field) {
    let leads_elsewhere = field.target.is_some() && field.target != known.target;
    if !field.kind.is_known_as(known.kind) || leads_elsewhere {
        known.kind = field.kind;
        known.options.clone_from(&field.options);
        known.target.clone_from(&field.target);
        known.inverse.clone_from(&field.inverse);
        known.many_to_many = field.many_to_many;
    } else {
        known.options = options(known, field).into();
    }
    known.required = is_required(known, field);
    known.unique |= field.unique;
    known.open = field.open;
}

/// The options that the struct has, in the snapshot's order; with an enum that is open, the others
/// as well.
fn options(known: &Field, field: &Field) -> Vec<Text> {
    let takes_any = known.options.is_empty() && field.open;
    if takes_any || field.options.is_empty() {
        return known.options.to_vec();
    }
    let stays = |option: &&Text| field.open || field.options.contains(option);
    let new = field.options.iter().filter(|option| !known.options.contains(option));
    known.options.iter().filter(stays).chain(new).cloned().collect()
}

/// Of some fields a struct can't tell whether there must be a value.
fn is_required(known: &Field, field: &Field) -> bool {
    match field.kind {
        kind if kind.is_collection() => known.required || field.required,
        _ if field.read_only => known.required,
        _ => field.required,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;

    fn select(options: &[&'static str]) -> Field {
        let options: Vec<Text> = options.iter().map(|option| (*option).into()).collect();
        Field { options: options.into(), ..Field::new("f", Kind::Select) }
    }

    fn of(field: Field, known: Field) -> Field {
        let [of_struct, snapshot] = [field, known].map(|f| Object::named("c_a", vec![f]));
        completed(&of_struct, &snapshot).field("f").unwrap().clone()
    }

    #[test]
    fn the_struct_counts_where_both_say_something() {
        let known = Field { title: Some("F".into()), ..select(&["B", "A"]).required() };
        assert_eq!(of(select(&["A", "B"]).required(), known.clone()), known);
        assert!(!of(select(&["A", "B"]), known.clone()).required);
        let options = |field: Field| of(field, known.clone()).options.join(" ");
        assert_eq!(options(select(&["A", "C"])), "A C");
        assert_eq!(options(select(&["A", "C"]).open()), "B A C", "an open enum keeps others");
        assert_eq!(options(select(&[])), "B A");
        let text = of(Field::new("f", Kind::Number), known);
        assert_eq!((text.kind, text.options.len()), (Kind::Number, 0));
        assert_eq!(text.title.as_deref(), Some("F"));
        assert!(of(select(&["A"]).open(), select(&[])).options.is_empty(), "it takes any text");
    }

    #[test]
    fn what_a_struct_can_not_tell_is_what_the_snapshot_says() {
        let field = |kind| Field::new("f", kind);
        assert_eq!(of(field(Kind::Text), field(Kind::LongText)).kind, Kind::LongText);
        assert_eq!(of(field(Kind::Other), field(Kind::Date)).kind, Kind::Date);
        assert!(of(field(Kind::Texts), field(Kind::Texts).required()).required);
        assert!(!of(field(Kind::Checkbox), field(Kind::Checkbox).required()).required);
    }

    #[test]
    fn links_keep_their_other_side_while_they_lead_there() {
        let known = Field::new("f", Kind::ToOne).target("c_b").inverse("as");
        let link = Field::new("f", Kind::ToOne);
        assert_eq!(of(link.clone().target("c_b"), known.clone()), known);
        assert_eq!(of(link.clone(), known.clone()), known);
        assert_eq!(of(link.clone().target("c_c"), known), link.target("c_c"));
    }

    #[test]
    fn one_field_is_unique() {
        let text = |name| Field::new(name, Kind::Text);
        let snapshot = Object::named("c_a", vec![text("a").unique(), text("b")]);
        let unique = |fields| {
            let object = completed(&Object::named("c_a", fields), &snapshot);
            object.fields.iter().filter(|f| f.unique).map(|f| f.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(unique(vec![text("a"), text("b").unique()]), ["b"]);
        assert_eq!(unique(vec![text("a")]), ["a"]);
    }
}
