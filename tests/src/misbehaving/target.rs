//! What a path names.

use http::Method;

/// A path of an object's records, in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target<'t> {
    /// Up to the object: `/v1/workspaces/acme/objects/`.
    pub(super) base: &'t str,
    pub(super) object: &'t str,
    pub(super) operation: Operation,
    /// The id in the path, escaped.
    pub(super) id: Option<&'t str>,
    /// What stands after the `?`.
    pub(super) query: &'t str,
}

/// The operations of the API's Records page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    Create,
    BulkCreate,
    Get,
    List,
    Update,
    BulkUpdate,
    Delete,
    BulkDelete,
}

const OBJECTS: &str = "/objects/";

impl<'t> Target<'t> {
    pub(super) fn read(method: &Method, target: &'t str) -> Option<Self> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let (base, rest) = path.split_at(path.find(OBJECTS)? + OBJECTS.len());
        let (object, rest) = rest.split_once('/')?;
        let (operation, id) = operation(method, rest)?;
        Some(Self { base, object, operation, id, query })
    }
}

fn operation<'t>(method: &Method, rest: &'t str) -> Option<(Operation, Option<&'t str>)> {
    use Operation::*;
    let (kind, id) = rest.split_once('/').map_or((rest, None), |(kind, id)| (kind, Some(id)));
    let operation = match (method.as_str(), kind, id) {
        ("GET", "resources", None) => List,
        ("POST", "records", None) => Create,
        ("PATCH", "records", None) => BulkUpdate,
        ("DELETE", "records", None) => BulkDelete,
        ("POST", "records", Some("bulk")) => return Some((BulkCreate, None)),
        ("GET", "records", Some(_)) => Get,
        ("PATCH", "records", Some(_)) => Update,
        ("DELETE", "records", Some(_)) => Delete,
        _ => return None,
    };
    Some((operation, id))
}

impl Operation {
    /// Whether the body holds many records.
    pub(super) const fn is_bulk(self) -> bool {
        matches!(self, Self::BulkCreate | Self::BulkUpdate | Self::BulkDelete)
    }

    pub(super) const fn is_read(self) -> bool {
        matches!(self, Self::Get | Self::List)
    }

    pub(super) const fn creates(self) -> bool {
        matches!(self, Self::Create | Self::BulkCreate)
    }
}

/// A path with `{id}` where a record's id is.
pub(super) fn without_id(path: &str) -> String {
    const RECORDS: &str = "/records/";
    match path.split_once(RECORDS) {
        Some((before, id)) if id != "bulk" => format!("{before}{RECORDS}{{id}}"),
        _ => path.to_owned(),
    }
}
