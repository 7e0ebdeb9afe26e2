//! What it takes for a workspace to have the objects that a program knows.

mod alteration;
mod completion;
mod left;
mod making;
mod removal;
mod step;
#[cfg(test)]
mod tests;
mod words;

pub use alteration::Alteration;
pub use completion::completed;
pub use step::{Side, Step};
pub use words::StepLine;

use crate::{Difference, Object};

/// What a plan may do beyond adding to the workspace. By default nothing of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Permission {
    /// Fields that are there and not known here may go, with their values. Of built-in objects none
    /// does, whoever made it.
    pub remove_fields: bool,
    /// Options that are there and not known here may go, and are cleared from the records that use
    /// them.
    pub remove_options: bool,
    /// Fields that are there may become required.
    pub require: bool,
}

/// The steps by which a workspace comes to have some objects, and what they leave different.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Plan {
    /// What is to be done, in this order.
    pub steps: Vec<Step>,
    /// What will still be different afterwards: what can't be done, what may not, and what the
    /// workspace has beyond these objects.
    pub left: Vec<Difference>,
}

/// The plan for a workspace that has the objects `theirs` to have those of `ours`. Where it has them
/// all there is nothing to do.
///
/// ```
/// use clarify_schema::{Field, Kind, Object, Permission, plan};
///
/// let ours = [Object::named("c_ticket", vec![Field::new("title", Kind::Text)])];
/// let made = plan(&ours, &[], Permission::default());
/// let lines: Vec<_> = made.steps.iter().flat_map(|step| step.lines()).collect();
/// assert_eq!(lines[0].to_string(), "+ c_ticket: a new object, `Ticket` and `Tickets`");
/// assert_eq!(lines[1].to_string(), "+ c_ticket.title: text");
///
/// let mut theirs = Vec::new();
/// made.steps.iter().for_each(|step| step.apply(&mut theirs));
/// assert!(plan(&ours, &theirs, Permission::default()).steps.is_empty());
/// ```
#[must_use]
pub fn plan(ours: &[Object], theirs: &[Object], permission: Permission) -> Plan {
    let mut draft = Draft::new(ours, theirs, permission);
    draft.create_objects();
    draft.add_fields();
    draft.add_relationships();
    draft.add_options();
    // What may be refused comes before what can't be undone.
    draft.alter();
    draft.remove();
    draft.order_fields();
    let left = left::of(ours, ours, &draft.now);
    Plan { steps: draft.steps, left }
}

/// A plan in the making.
struct Draft<'p> {
    ours: &'p [Object],
    permission: Permission,
    steps: Vec<Step>,
    /// The workspace as it is after the steps so far.
    now: Vec<Object>,
    /// The objects that the plan makes: nobody has records of them, or an order of their own.
    created: Vec<&'p Object>,
}

impl<'p> Draft<'p> {
    fn new(ours: &'p [Object], theirs: &[Object], permission: Permission) -> Self {
        Self { ours, permission, steps: Vec::new(), now: theirs.to_vec(), created: Vec::new() }
    }

    fn push(&mut self, step: Step) {
        step.apply(&mut self.now);
        self.steps.push(step);
    }

    fn find(&self, name: &str) -> Option<&Object> {
        self.now.iter().find(|object| object.name == name)
    }

    fn is_created(&self, object: &Object) -> bool {
        self.created.iter().any(|created| created.name == object.name)
    }

    /// Each object with what the workspace has of it by now.
    fn pairs(&self) -> impl Iterator<Item = (&'p Object, &Object)> {
        let pair = |ours: &'p Object| Some((ours, self.find(&ours.name)?));
        self.ours.iter().filter_map(pair)
    }
}
