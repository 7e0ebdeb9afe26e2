//! What a path names.

use std::borrow::Cow;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use percent_encoding::percent_decode;

use super::App;
use super::asked::Asked;
use super::error::Refused;
use crate::engine::{Engine, RelationshipTarget, Served};

/// The workspace in the path.
pub(super) struct WorkspaceTarget(pub(super) Arc<Engine>);

impl FromRequestParts<Arc<App>> for WorkspaceTarget {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Refused> {
        match Asked::among(&parts.extensions).and_then(Asked::workspace) {
            Some(workspace) => Ok(Self(Arc::clone(&workspace.engine))),
            None => Err(Refused::new(404, "the path is in no workspace")),
        }
    }
}

/// The object in the path.
pub(super) struct ObjectTarget(pub(super) Arc<Served>);

impl FromRequestParts<Arc<App>> for ObjectTarget {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refused> {
        let WorkspaceTarget(engine) = WorkspaceTarget::from_request_parts(parts, app).await?;
        Ok(Self(engine.object(&part(parts, "object")?)?))
    }
}

/// The id in the path: an opaque text.
pub(super) struct IdTarget(pub(super) String);

impl FromRequestParts<Arc<App>> for IdTarget {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Refused> {
        Ok(Self(part(parts, "id")?.into_owned()))
    }
}

/// A record's relationship.
pub(super) struct LinkTarget(pub(super) RelationshipTarget);

impl FromRequestParts<Arc<App>> for LinkTarget {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refused> {
        let ObjectTarget(object) = ObjectTarget::from_request_parts(parts, app).await?;
        let id = part(parts, "id")?.into_owned();
        let name = part(parts, "relationship")?.into_owned();
        Ok(Self(RelationshipTarget { object, id, name }))
    }
}

/// The field in the path.
pub(super) struct FieldTarget(pub(super) String);

impl FromRequestParts<Arc<App>> for FieldTarget {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Refused> {
        Ok(Self(part(parts, "field")?.into_owned()))
    }
}

/// What stands in the path at the place of this name, decoded.
fn part<'p>(parts: &'p Parts, name: &str) -> Result<Cow<'p, str>, Refused> {
    let route = Asked::among(&parts.extensions).and_then(|asked| asked.route.as_deref());
    let part = route.and_then(|route| route.part(parts.uri.path(), name)).unwrap_or_default();
    // Names and ids are text, so this is none of them.
    let no_text = |_| Refused::new(404, format!("nothing is at this path: its {name} is no text"));
    percent_decode(part).decode_utf8().map_err(no_text)
}
