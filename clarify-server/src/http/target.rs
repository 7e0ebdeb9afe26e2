//! What a path names.

use std::sync::Arc;

use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

use super::App;
use super::error::Refused;
use super::workspaces::Admission;
use crate::engine::{Engine, RelationshipTarget, Served};

/// The workspace in the path.
pub(super) struct WorkspaceTarget(pub(super) Arc<Engine>);

impl FromRequestParts<Arc<App>> for WorkspaceTarget {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Refused> {
        match parts.extensions.get() {
            Some(Admission::Inside(workspace)) => Ok(Self(Arc::clone(&workspace.engine))),
            _ => Err(Refused::new(404, "the path is in no workspace")),
        }
    }
}

/// The object in the path.
pub(super) struct ObjectTarget(pub(super) Arc<Served>);

impl FromRequestParts<Arc<App>> for ObjectTarget {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refused> {
        let name = parameter(parts, app, "object").await?;
        let WorkspaceTarget(engine) = WorkspaceTarget::from_request_parts(parts, app).await?;
        Ok(Self(engine.object(&name)?))
    }
}

/// The id in the path: an opaque text.
pub(super) struct IdTarget(pub(super) String);

impl FromRequestParts<Arc<App>> for IdTarget {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refused> {
        parameter(parts, app, "id").await.map(Self)
    }
}

/// A record's relationship.
pub(super) struct LinkTarget(pub(super) RelationshipTarget);

impl FromRequestParts<Arc<App>> for LinkTarget {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refused> {
        let ObjectTarget(object) = ObjectTarget::from_request_parts(parts, app).await?;
        let id = parameter(parts, app, "id").await?;
        let name = parameter(parts, app, "relationship").await?;
        Ok(Self(RelationshipTarget { object, id, name }))
    }
}

/// The field in the path.
pub(super) struct FieldTarget(pub(super) String);

impl FromRequestParts<Arc<App>> for FieldTarget {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refused> {
        parameter(parts, app, "field").await.map(Self)
    }
}

async fn parameter(parts: &mut Parts, app: &Arc<App>, name: &str) -> Result<String, Refused> {
    let parameters = RawPathParams::from_request_parts(parts, app).await;
    let parameters = parameters.map_err(|rejection: RawPathParamsRejection| {
        // Names and ids are text, so this is none of them.
        Refused::new(404, format!("nothing is at this path: {rejection}"))
    })?;
    let found = parameters.iter().find(|(key, _)| *key == name);
    Ok(found.map(|(_, value)| value.to_owned()).unwrap_or_default())
}
