//! What goes, where it may.

use super::left::is_other_side;
use super::making::is_select;
use super::{Alteration, Draft, Step};
use crate::{Field, Kind, Object, Text};

impl Draft<'_> {
    /// Takes away what the workspace has beyond what is known here.
    pub(super) fn remove(&mut self) {
        let mut steps = Vec::new();
        if self.permission.remove_fields {
            let custom = self.pairs().filter(|(object, _)| object.is_custom());
            steps.extend(custom.flat_map(|(object, now)| self.unknown_fields(object, now)));
        }
        if self.permission.remove_options {
            steps.extend(self.pairs().flat_map(|(object, now)| unknown_options(object, now)));
        }
        // A relationship goes with both its sides.
        for step in steps {
            if !step.is_done(&self.now) {
                self.push(step);
            }
        }
    }

    fn unknown_fields(&self, object: &Object, now: &Object) -> Vec<Step> {
        let unknown = now.fields.iter().filter(|field| !self.is_known(object, field));
        let (links, plain): (Vec<&Field>, Vec<_>) = unknown
            .filter(|field| !field.read_only)
            .partition(|field| field.inverse.is_some() || field.kind == Kind::ToMany);
        let mut steps = Vec::new();
        if !plain.is_empty() {
            let alteration = self.without(object, now, &plain);
            steps.push(Step::Alter { object: object.name.clone(), alteration });
        }
        let links = links.into_iter().filter(|field| self.may_lose_other_side(field));
        steps.extend(links.map(|field| Step::RemoveRelationship {
            object: object.name.clone(),
            field: field.clone(),
        }));
        steps
    }

    /// The removal of fields, with what it makes room for: another unique field. Both are done or
    /// neither.
    fn without(&self, object: &Object, now: &Object, removed: &[&Field]) -> Alteration {
        let removed: Vec<_> = removed.iter().map(|field| field.name.clone()).collect();
        let mut after = now.clone();
        after.fields.to_mut().retain(|field| !removed.contains(&field.name));
        Alteration { removed, ..self.alteration(object, &after) }
    }

    /// Several structs may be about one object, each with some of its fields, and others may name a
    /// field of it as the other side of their own.
    fn is_known(&self, object: &Object, field: &Field) -> bool {
        let has_it =
            |other: &Object| other.name == object.name && other.field(&field.name).is_some();
        self.ours.iter().any(has_it) || is_other_side(self.ours, &object.name, &field.name)
    }

    /// Whether the other side of a relationship is not known here either, of an object that is.
    fn may_lose_other_side(&self, field: &Field) -> bool {
        let Some(target) = &field.target else { return false };
        let mut targets = self.ours.iter().filter(|other| other.name == *target).peekable();
        let is_custom = targets.peek().is_some_and(|target| target.is_custom());
        let inverse = field.inverse.as_deref().unwrap_or_default();
        is_custom && targets.all(|target| target.field(inverse).is_none())
    }
}

fn unknown_options(object: &Object, now: &Object) -> Vec<Step> {
    let selects = object.fields.iter().filter(|field| is_select(field.kind) && !field.open);
    let removed = |field: &Field| {
        let known = now.field(&field.name).filter(|known| known.kind == field.kind)?;
        let is_unknown = |option: &&Text| !field.has_option(option);
        let options: Vec<_> = known.options.iter().filter(is_unknown).cloned().collect();
        let (object, field) = (object.name.clone(), known.clone());
        (!options.is_empty()).then_some(Step::RemoveOptions { object, field, options })
    };
    selects.filter_map(removed).collect()
}
