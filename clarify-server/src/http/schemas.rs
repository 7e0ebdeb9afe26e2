//! The schemas of the workspace's objects.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};

use super::body::Body;
use super::document::{self, Answer};
use super::error::Refused;
use super::links::Links;
use super::target::{FieldTarget, ObjectTarget};
use super::{App, query};

type Answered = Result<Answer, Refused>;
type Shared = State<Arc<App>>;

pub(super) async fn create(State(app): Shared, Body(body): Body) -> Answered {
    let schema = app.engine.create_object(&body).await?;
    Ok(Answer::json(StatusCode::CREATED, document::single(&schema)))
}

pub(super) async fn replace(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    let task = app.engine.replace_schema(object, &body).await?;
    Ok(Answer::json(StatusCode::OK, document::single(&task)))
}

pub(super) async fn delete(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    uri: Uri,
) -> Answered {
    query::check_silent(&uri)?;
    let task = app.engine.delete_object(object).await?;
    Ok(Answer::json(StatusCode::OK, document::single(&task)))
}

pub(super) async fn edit_options(State(app): Shared, Body(body): Body) -> Answered {
    let results = app.engine.edit_options(&body).await?;
    Ok(Answer::json(StatusCode::OK, document::single(&results)))
}

pub(super) async fn add_fields(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    app.engine.add_fields(object, &body).await?;
    Ok(accepted())
}

pub(super) async fn order_fields(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    app.engine.order_fields(object, &body).await?;
    Ok(accepted())
}

pub(super) async fn hide_fields(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    app.engine.hide_fields(object, &body).await?;
    Ok(accepted())
}

pub(super) async fn add_relationships(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    app.engine.add_relationships(object, &body).await?;
    Ok(accepted())
}

pub(super) async fn remove_relationship(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    FieldTarget(field): FieldTarget,
    uri: Uri,
) -> Answered {
    query::check_silent(&uri)?;
    let task = app.engine.remove_relationship(object, field).await?;
    Ok(Answer::json(StatusCode::OK, document::single(&task)))
}

/// The hosted service would still be at it; here it is done.
fn accepted() -> Answer {
    Answer::json(StatusCode::ACCEPTED, "{}".to_owned())
}

pub(super) async fn list(State(app): Shared, uri: Uri, headers: HeaderMap) -> Answered {
    let parameters = query::parameters(&uri);
    let page = app.engine.schemas(&parameters)?;
    let links = Links::new(&app, &uri, &headers, &parameters, page.limit);
    let next = page.next.map(|cursor| links.after(&cursor));
    let json = document::schemas(&page.resources, next.as_deref(), app.engine.contract());
    Ok(Answer::json(StatusCode::OK, json))
}
