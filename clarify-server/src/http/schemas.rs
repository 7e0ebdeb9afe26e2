//! The schemas of the workspace's objects.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};

use super::body::Body;
use super::document::{self, Answer};
use super::error::Refused;
use super::links::Links;
use super::target::{FieldTarget, ObjectTarget, WorkspaceTarget};
use super::{App, query};

type Answered = Result<Answer, Refused>;

pub(super) async fn create(WorkspaceTarget(engine): WorkspaceTarget, Body(body): Body) -> Answered {
    let schema = engine.create_object(&body).await?;
    Ok(Answer::json(StatusCode::CREATED, document::single(&schema)))
}

pub(super) async fn replace(
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    let task = engine.replace_schema(object, &body).await?;
    Ok(Answer::json(StatusCode::OK, document::single(&task)))
}

pub(super) async fn delete(
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    uri: Uri,
) -> Answered {
    query::check_silent(&uri)?;
    let task = engine.delete_object(object).await?;
    Ok(Answer::json(StatusCode::OK, document::single(&task)))
}

pub(super) async fn edit_options(
    WorkspaceTarget(engine): WorkspaceTarget,
    Body(body): Body,
) -> Answered {
    let results = engine.edit_options(&body).await?;
    Ok(Answer::json(StatusCode::OK, document::single(&results)))
}

pub(super) async fn add_fields(
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    engine.add_fields(object, &body).await?;
    Ok(accepted())
}

pub(super) async fn order_fields(
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    engine.order_fields(object, &body).await?;
    Ok(accepted())
}

pub(super) async fn hide_fields(
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    engine.hide_fields(object, &body).await?;
    Ok(accepted())
}

pub(super) async fn add_relationships(
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    engine.add_relationships(object, &body).await?;
    Ok(accepted())
}

pub(super) async fn remove_relationship(
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    FieldTarget(field): FieldTarget,
    uri: Uri,
) -> Answered {
    query::check_silent(&uri)?;
    let task = engine.remove_relationship(object, field).await?;
    Ok(Answer::json(StatusCode::OK, document::single(&task)))
}

/// The hosted service would still be at it; here it is done.
fn accepted() -> Answer {
    Answer::json(StatusCode::ACCEPTED, "{}".to_owned())
}

pub(super) async fn list(
    State(app): State<Arc<App>>,
    WorkspaceTarget(engine): WorkspaceTarget,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let parameters = query::parameters(&uri);
    let page = engine.schemas(&parameters)?;
    let links = Links::new(&app, &uri, &headers, &parameters, page.limit);
    let next = page.next.map(|cursor| links.after(&cursor));
    let json = document::schemas(&page.resources, next.as_deref(), engine.contract());
    Ok(Answer::json(StatusCode::OK, json))
}
