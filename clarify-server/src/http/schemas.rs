//! The schemas of the workspace's objects.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};

use super::body::Body;
use super::document::{self, Answer};
use super::error::Refused;
use super::links::Links;
use super::target::{ObjectTarget, WorkspaceTarget};
use super::{App, query};

pub(super) async fn create(
    WorkspaceTarget(engine): WorkspaceTarget,
    Body(body): Body,
) -> Result<Answer, Refused> {
    let schema = engine.create_object(&body).await?;
    Ok(Answer::json(StatusCode::CREATED, document::single(&schema)))
}

pub(super) async fn add_fields(
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Result<Answer, Refused> {
    engine.add_fields(object, &body).await?;
    Ok(Answer::json(StatusCode::ACCEPTED, "{}".to_owned()))
}

pub(super) async fn list(
    State(app): State<Arc<App>>,
    WorkspaceTarget(engine): WorkspaceTarget,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Answer, Refused> {
    let parameters = query::parameters(&uri);
    let page = engine.schemas(&parameters)?;
    let links = Links::new(&app, &uri, &headers, &parameters, page.limit);
    let next = page.next.map(|cursor| links.after(&cursor));
    let json = document::schemas(&page.resources, next.as_deref(), engine.contract());
    Ok(Answer::json(StatusCode::OK, json))
}
