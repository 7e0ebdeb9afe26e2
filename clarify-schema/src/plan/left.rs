//! What a plan leaves different.

use super::Plan;
use crate::{Change, Difference, Object, Text, workspace_differences};

impl Plan {
    /// The same steps, with what they leave different for a program that knows less of the objects
    /// than is brought to the workspace: `program` is what it knows, `theirs` what the workspace had.
    #[must_use]
    pub fn for_program(mut self, program: &[Object], ours: &[Object], theirs: &[Object]) -> Self {
        let mut now = theirs.to_vec();
        self.steps.iter().for_each(|step| step.apply(&mut now));
        self.left = of(program, ours, &now);
        self
    }
}

/// The differences for a program, where the objects `ours` were to be there. A field that is one of
/// these is no news, though the program does not know it.
pub(super) fn of(program: &[Object], ours: &[Object], now: &[Object]) -> Vec<Difference> {
    let is_meant = |difference: &Difference| {
        let (object, Some(field)) = (&difference.object, &difference.field) else { return false };
        let has_it = |other: &Object| other.name == *object && other.field(field).is_some();
        match difference.change {
            Change::NewField { required: false } => {
                ours.iter().any(has_it) || is_other_side(ours, object, field)
            }
            _ => false,
        }
    };
    let differences = workspace_differences(program, now).into_iter();
    differences.filter(|difference| !is_meant(difference)).map(|d| explained(d, ours)).collect()
}

/// Whether a field is what some link names as its other side.
pub(super) fn is_other_side(ours: &[Object], object: &Text, field: &Text) -> bool {
    let mut fields = ours.iter().flat_map(|object| object.fields.iter());
    fields.any(|link| link.target.as_ref() == Some(object) && link.inverse.as_ref() == Some(field))
}

/// Of an object that no step makes, why.
fn explained(mut difference: Difference, ours: &[Object]) -> Difference {
    let mut same = ours.iter().filter(|object| object.name == difference.object);
    if difference.change == Change::NoObject && same.all(|object| object.made_with().is_none()) {
        difference.change = Change::ImpossibleObject;
    }
    difference
}
