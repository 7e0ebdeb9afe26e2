//! One step of a plan.

use super::Alteration;
use crate::{Field, Object, Text};

/// One side of a relationship: a field, and the object that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Side {
    /// The object.
    pub object: Text,
    /// Its field.
    pub field: Field,
}

/// One step of a plan: one call of the API. Who takes steps has to know every kind of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Makes a custom object with these fields.
    CreateObject(Object),
    /// Adds fields to an object.
    AddFields {
        /// The object.
        object: Text,
        /// The fields.
        fields: Vec<Field>,
    },
    /// Adds a relationship, as a field of each of two objects.
    AddRelationship([Side; 2]),
    /// Adds options to a select.
    AddOptions {
        /// The object.
        object: Text,
        /// The select as it is here.
        field: Field,
        /// What it is to have as well.
        options: Vec<Text>,
    },
    /// Takes options from a select, and from the records that use them.
    RemoveOptions {
        /// The object.
        object: Text,
        /// The select as it is here.
        field: Field,
        /// What is to go.
        options: Vec<Text>,
    },
    /// Removes a relationship, both its sides with all links.
    RemoveRelationship {
        /// The object.
        object: Text,
        /// Its field.
        field: Field,
    },
    /// Changes the schema of an object as a whole.
    Alter {
        /// The object.
        object: Text,
        /// What changes of it.
        alteration: Alteration,
    },
    /// Shows the fields of an object in another order.
    OrderFields {
        /// The object.
        object: Text,
        /// The names of its fields.
        fields: Vec<Text>,
    },
}

impl Step {
    /// Does to these objects what the step does to a workspace that has them.
    pub fn apply(&self, objects: &mut Vec<Object>) {
        match self {
            Self::CreateObject(object) => create(objects, object),
            Self::AddFields { object, fields } => {
                fields.iter().for_each(|field| add(objects, object, field));
            }
            Self::AddRelationship(sides) => {
                sides.iter().for_each(|side| add(objects, &side.object, &side.field));
            }
            Self::AddOptions { object, field, options } => {
                change(objects, object, &field.name, |field| add_options(field, options));
            }
            Self::RemoveOptions { object, field, options } => {
                change(objects, object, &field.name, |field| {
                    field.options.to_mut().retain(|option| !options.contains(option));
                });
            }
            Self::RemoveRelationship { object, field } => {
                remove(objects, object, |known| known.name == field.name);
                let leads_back = |other: &Field| {
                    Some(&other.name) == field.inverse.as_ref()
                        && other.target.as_ref() == Some(object)
                        && other.inverse.as_ref() == Some(&field.name)
                };
                remove(objects, field.target.as_deref().unwrap_or_default(), leads_back);
            }
            Self::Alter { object, alteration } => {
                with(objects, object, |object| alteration.apply(object));
            }
            Self::OrderFields { object, fields } => with(objects, object, |object| {
                let place = |field: &Field| fields.iter().position(|name| *name == field.name);
                object.fields.to_mut().sort_by_key(|field| place(field).unwrap_or(usize::MAX));
            }),
        }
    }

    /// Whether a workspace with these objects has what the step is for.
    #[must_use]
    pub fn is_done(&self, objects: &[Object]) -> bool {
        let mut after = objects.to_vec();
        self.apply(&mut after);
        after == objects && self.object_is_there(objects)
    }

    /// The object that the step is about, or the first of two.
    #[must_use]
    pub fn object(&self) -> &str {
        match self {
            Self::CreateObject(object) => &object.name,
            Self::AddRelationship([side, _]) => &side.object,
            Self::AddFields { object, .. }
            | Self::AddOptions { object, .. }
            | Self::RemoveOptions { object, .. }
            | Self::RemoveRelationship { object, .. }
            | Self::Alter { object, .. }
            | Self::OrderFields { object, .. } => object,
        }
    }

    fn object_is_there(&self, objects: &[Object]) -> bool {
        objects.iter().any(|object| object.name == self.object())
    }
}

fn create(objects: &mut Vec<Object>, object: &Object) {
    if objects.iter().all(|other| other.name != object.name) {
        objects.push(object.clone());
    }
}

fn with(objects: &mut [Object], name: &str, change: impl FnOnce(&mut Object)) {
    if let Some(object) = objects.iter_mut().find(|object| object.name == name) {
        change(object);
    }
}

fn change(objects: &mut [Object], object: &str, field: &str, change: impl FnOnce(&mut Field)) {
    with(objects, object, |object| {
        if let Some(field) = object.fields.to_mut().iter_mut().find(|known| known.name == field) {
            change(field);
        }
    });
}

fn add(objects: &mut [Object], object: &str, field: &Field) {
    with(objects, object, |object| {
        if object.field(&field.name).is_none() {
            object.fields.to_mut().push(field.clone());
        }
    });
}

fn remove(objects: &mut [Object], object: &str, is_removed: impl Fn(&Field) -> bool) {
    with(objects, object, |object| object.fields.to_mut().retain(|field| !is_removed(field)));
}

fn add_options(field: &mut Field, options: &[Text]) {
    let new: Vec<_> = options.iter().filter(|o| !field.options.contains(o)).cloned().collect();
    field.options.to_mut().extend(new);
}
