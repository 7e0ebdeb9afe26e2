//! What else two objects differ in: what people see of them.

use super::{Change, Difference, Effect, changes, workspace_differences};
use crate::{Field, Object, Text};

/// [`workspace_differences`], and what makes no difference to a program: what things are called, what
/// is said of them, and their order.
///
/// ```
/// use clarify_schema::{Object, all_differences};
///
/// let ours = [Object::new("c_order", &[]).labels("Order", "Orders")];
/// let theirs = [Object::new("c_order", &[]).labels("Sale", "Sales")];
/// let found: Vec<_> = all_differences(&ours, &theirs).iter().map(ToString::to_string).collect();
/// assert_eq!(found[0], "c_order: it is called `Sale`, not `Order`");
/// ```
#[must_use]
pub fn all_differences(ours: &[Object], theirs: &[Object]) -> Vec<Difference> {
    let mut found = workspace_differences(ours, theirs);
    for object in ours {
        if let Some(theirs) = theirs.iter().find(|other| other.name == object.name) {
            found.extend(details(object, theirs));
        }
    }
    found
}

fn details(ours: &Object, theirs: &Object) -> Vec<Difference> {
    let mut found = of_object(ours, theirs);
    for field in ours.fields.iter() {
        if let Some(their_field) = theirs.field(&field.name) {
            let told = changes(field, their_field, theirs);
            let new = of_field(field, their_field).into_iter().filter(|c| !told.contains(c));
            found.extend(new.map(|c| Difference::at(ours, Some(field), c, Effect::Harmless)));
        }
    }
    found
}

fn of_object(ours: &Object, theirs: &Object) -> Vec<Difference> {
    let changes = [
        called(&ours.singular, &theirs.singular),
        called(&ours.plural, &theirs.plural),
        (ours.description != theirs.description).then_some(Change::Description),
        is_reordered(&names(ours), &names(theirs)).then_some(Change::Order),
    ];
    let difference = |change| Difference::at(ours, None, change, Effect::Harmless);
    changes.into_iter().flatten().map(difference).collect()
}

fn of_field(ours: &Field, theirs: &Field) -> Vec<Change> {
    let has_other_name = ours.kind != theirs.kind && ours.kind.is_known_as(theirs.kind);
    let has_other_side =
        (&ours.inverse, ours.many_to_many) != (&theirs.inverse, theirs.many_to_many);
    let other_side =
        || Change::OtherSide { ours: ours.inverse.clone(), theirs: theirs.inverse.clone() };
    let changes = [
        has_other_name.then_some(Change::KindName { ours: ours.kind, theirs: theirs.kind }),
        has_other_side.then(other_side),
        called(&ours.title, &theirs.title),
        (ours.description != theirs.description).then_some(Change::Description),
        (ours.hidden != theirs.hidden).then_some(Change::Visibility { hidden: theirs.hidden }),
        is_reordered(&ours.options, &theirs.options).then_some(Change::Order),
        (ours.options.is_empty() != theirs.options.is_empty())
            .then_some(Change::AnyOption { takes_any: theirs.options.is_empty() }),
        // What makes no difference to a program is one all the same.
        (theirs.required && !ours.required).then_some(Change::Required),
        (ours.required && !theirs.required).then_some(Change::Optional),
    ];
    changes.into_iter().flatten().collect()
}

fn called(ours: &Option<Text>, theirs: &Option<Text>) -> Option<Change> {
    let change = || Change::Called { ours: ours.clone(), theirs: theirs.clone() };
    (ours != theirs).then(change)
}

fn names(object: &Object) -> Vec<Text> {
    object.fields.iter().map(|field| field.name.clone()).collect()
}

/// Whether those that both have stand in another order.
fn is_reordered(ours: &[Text], theirs: &[Text]) -> bool {
    let ours_too = theirs.iter().filter(|name| ours.contains(name));
    let theirs_too = ours.iter().filter(|name| theirs.contains(name));
    !ours_too.eq(theirs_too)
}
