//! What the cells of a column do not say, so that the user must.

use clarify_schema::{Field, Object};

use crate::failure::Failure;

/// What a column leaves open, and a flag that would say it.
pub(super) struct Doubt {
    what: String,
    flag: String,
}

impl Doubt {
    /// A value may be read in two ways.
    pub(super) fn of_value(column: &str, value: &str, may_be: &str, flag: String) -> Self {
        let what =
            format!("column `{column}`: `{value}` may be {may_be}, and no other cell decides");
        Self { what, flag }
    }

    /// Nothing in a column is an id, though the link is not named by another field.
    pub(super) fn of_link(column: &str, value: &str, link: &Field, objects: &[Object]) -> Self {
        let target = link.target.as_deref();
        let found = objects.iter().find(|object| Some(&*object.name) == target);
        let unique = found.and_then(Object::unique_field).map(|field| &*field.name);
        let (target, by) = (target.unwrap_or("OBJECT"), unique.unwrap_or("FIELD"));
        Self {
            what: format!(
                "column `{column}`: `{value}` is no id of a `{target}`, nor is any other of its cells"
            ),
            flag: format!("--link {}={target}.{by}", link.name),
        }
    }
}

/// All that is in doubt, told at once.
pub(super) fn failure(doubts: &[Doubt]) -> Option<Failure> {
    let listed = |part: fn(&Doubt) -> &str, between: &str| {
        let parts: Vec<&str> = doubts.iter().map(part).collect();
        parts.join(between)
    };
    let failure = || {
        let flags = listed(|doubt| &doubt.flag, "`, `");
        let hint = format!("say which is meant, as `{flags}`");
        Failure::usage(listed(|doubt| &doubt.what, "; ")).hint(hint)
    };
    (!doubts.is_empty()).then(failure)
}
