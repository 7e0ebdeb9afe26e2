//! What is added, and what of it is set right afterwards.

use std::collections::BTreeSet;

use super::{Alteration, Draft, Side, Step};
use crate::{Field, Kind, Object, Text};

/// What links to users may name, though users are no object of a workspace.
const USER: &str = "user";

impl<'p> Draft<'p> {
    /// Makes the objects that are not there, each with the fields that need no other object first.
    pub(super) fn create_objects(&mut self) {
        for object in self.ours.iter().filter(|object| object.is_custom()) {
            if self.find(&object.name).is_some() {
                continue;
            }
            let Some((singular, plural)) = object.made_with() else { continue };
            let fields =
                object.fields.iter().filter(|field| self.can_add(object, field)).map(plain);
            let mut made = Object::named(object.name.clone(), fields.collect());
            (made.singular, made.plural) = (Some(singular), Some(plural));
            made.description.clone_from(&object.description);
            self.created.push(object);
            self.push(Step::CreateObject(made));
        }
    }

    /// Adds the fields that objects lack, as ones that may be without a value: records that are there
    /// have none.
    pub(super) fn add_fields(&mut self) {
        for object in self.ours {
            let Some(now) = self.find(&object.name) else { continue };
            let is_new = |field: &&Field| now.field(&field.name).is_none();
            let can_be_unique = object.is_custom() && now.unique_field().is_none();
            let new = object.fields.iter().filter(is_new).filter(|f| self.can_add(object, f));
            let added = |field: &Field| {
                let unique = field.unique && can_be_unique;
                Field { required: false, unique, ..plain(field) }
            };
            let fields: Vec<_> = new.map(added).collect();
            if !fields.is_empty() {
                self.push(Step::AddFields { object: object.name.clone(), fields });
            }
        }
    }

    /// Whether a field needs nothing but its object, of which it is one side of nothing.
    fn can_add(&self, object: &Object, field: &Field) -> bool {
        let target = field.target.as_deref();
        match field.kind {
            Kind::ToMany => false,
            Kind::ToOne if target == Some(USER) => true,
            Kind::ToOne if field.inverse.is_some() => false,
            Kind::ToOne => target.is_some_and(|t| t == object.name || self.find(t).is_some()),
            _ => true,
        }
    }

    /// Adds the relationships that are missing on both sides.
    pub(super) fn add_relationships(&mut self) {
        for object in self.ours {
            for field in object.fields.iter() {
                if let Some(sides) = self.new_relationship(object, field) {
                    self.push(Step::AddRelationship(sides));
                }
            }
        }
    }

    fn new_relationship(&self, object: &Object, field: &Field) -> Option<[Side; 2]> {
        let (target, inverse) = (field.target.as_ref()?, field.inverse.as_ref()?);
        let is_missing = |object: &str, name: &str| {
            self.find(object).is_some_and(|object| object.field(name).is_none())
        };
        let are_missing = is_missing(&object.name, &field.name) && is_missing(target, inverse);
        are_missing.then(|| {
            let here = Side { object: object.name.clone(), field: optional(field) };
            let there = Side { object: target.clone(), field: self.other_side(object, field) };
            [here, there]
        })
    }

    /// The field on the other side: as it is said here, or what follows from this one.
    fn other_side(&self, object: &Object, field: &Field) -> Field {
        let name = field.inverse.clone().unwrap_or_default();
        let kind = match field.kind {
            Kind::ToMany if !field.many_to_many => Kind::ToOne,
            _ => Kind::ToMany,
        };
        let target = self.ours.iter().find(|other| Some(&other.name) == field.target.as_ref());
        let said = target.and_then(|target| target.field(&name));
        let mut other = said.map_or_else(|| Field::named(name, kind), optional);
        other.kind = kind;
        other.many_to_many = field.many_to_many;
        (other.target, other.inverse) = (Some(object.name.clone()), Some(field.name.clone()));
        other
    }

    /// Adds the options that selects lack. One that takes any text gets options where the program
    /// takes no others.
    pub(super) fn add_options(&mut self) {
        let mut steps = Vec::new();
        for (object, now) in self.pairs() {
            for field in object.fields.iter().filter(|field| is_select(field.kind)) {
                let Some(known) = now.field(&field.name).filter(|known| is_select(known.kind))
                else {
                    continue;
                };
                let is_missing = |option: &&Text| !known.options.contains(option);
                let options: Vec<_> = field.options.iter().filter(is_missing).cloned().collect();
                let takes_any = known.options.is_empty();
                if known.kind == field.kind && !options.is_empty() && !(takes_any && field.open) {
                    let (object, field) = (object.name.clone(), known.clone());
                    steps.push(Step::AddOptions { object, field, options });
                }
            }
        }
        steps.into_iter().for_each(|step| self.push(step));
    }

    /// Sets what can only be set with the whole schema.
    pub(super) fn alter(&mut self) {
        let altered = |(object, now): (&Object, &Object)| {
            let alteration = self.alteration(object, now);
            let object = object.name.clone();
            (!alteration.is_empty()).then_some(Step::Alter { object, alteration })
        };
        let steps: Vec<_> = self.pairs().filter_map(altered).collect();
        steps.into_iter().for_each(|step| self.push(step));
    }

    pub(super) fn alteration(&self, object: &Object, now: &Object) -> Alteration {
        let is_created = self.is_created(object);
        let called = Some(object.called()).filter(|_| is_created);
        let labels = called
            .filter(|(s, p)| (Some(s), Some(p)) != (now.singular.as_ref(), now.plural.as_ref()));
        let known = |field: &Field| now.field(&field.name).filter(|k| k.kind == field.kind);
        let unique = object.unique_field().filter(|field| {
            object.is_custom() && now.unique_field().is_none() && known(field).is_some()
        });
        let becomes_required = |field: &&Field| {
            let is_said = is_created || self.permission.require;
            is_said && field.required && known(field).is_some_and(|k| !k.required && !k.read_only)
        };
        let required = object.fields.iter().filter(becomes_required);
        Alteration {
            labels,
            unique: unique.map(|field| field.name.clone()),
            required: required.map(|field| field.name.clone()).collect(),
            removed: Vec::new(),
        }
    }

    /// Fields that were added later come last: in a new object they go to their places.
    pub(super) fn order_fields(&mut self) {
        let names = |object: &Object| object.fields.iter().map(|f| f.name.clone()).collect();
        let ordered = |object: &&'p Object| {
            let now: Vec<Text> = names(self.find(&object.name)?);
            let is_there: BTreeSet<_> = now.iter().collect();
            let mut fields: Vec<Text> = names(object);
            fields.retain(|name| is_there.contains(name));
            let is_in_order = now.iter().zip(&fields).all(|(now, ours)| now == ours);
            (!is_in_order).then(|| Step::OrderFields { object: object.name.clone(), fields })
        };
        let steps: Vec<_> = self.created.iter().filter_map(ordered).collect();
        steps.into_iter().for_each(|step| self.push(step));
    }
}

/// A field as it can be sent: users have no fields that could be another side.
fn plain(field: &Field) -> Field {
    let leads_back = field.target.as_deref() != Some(USER);
    Field { open: false, inverse: field.inverse.clone().filter(|_| leads_back), ..field.clone() }
}

fn optional(field: &Field) -> Field {
    Field { required: false, unique: false, ..field.clone() }
}

pub(super) const fn is_select(kind: Kind) -> bool {
    matches!(kind, Kind::Select | Kind::MultiSelect)
}
