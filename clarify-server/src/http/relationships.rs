//! The relationships of a record.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};

use super::body::Body;
use super::document::Answer;
use super::error::Refused;
use super::links::Links;
use super::target::{LinkTarget, WorkspaceTarget};
use super::{App, query};

const DONE: &str = "{}";

pub(super) async fn list(
    State(app): State<Arc<App>>,
    WorkspaceTarget(engine): WorkspaceTarget,
    LinkTarget(target): LinkTarget,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Answer, Refused> {
    let parameters = query::parameters(&uri);
    let listing = engine.related(target, &parameters).await?;
    let links = Links::new(&app, &uri, &headers, &parameters, listing.limit);
    Ok(Answer::page(listing, &links, engine.contract()))
}

pub(super) async fn set(
    WorkspaceTarget(engine): WorkspaceTarget,
    LinkTarget(target): LinkTarget,
    Body(body): Body,
) -> Result<Answer, Refused> {
    engine.set_links(target, &body).await?;
    Ok(Answer::json(StatusCode::OK, DONE.to_owned()))
}

pub(super) async fn remove(
    WorkspaceTarget(engine): WorkspaceTarget,
    LinkTarget(target): LinkTarget,
    Body(body): Body,
) -> Result<Answer, Refused> {
    engine.remove_links(target, &body).await?;
    Ok(Answer::json(StatusCode::OK, DONE.to_owned()))
}
