//! The operations of the API's Records page.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};

use super::body::Body;
use super::document::{self, Answer};
use super::error::Refused;
use super::links::Links;
use super::target::{IdTarget, ObjectTarget};
use super::{App, query};
use crate::contract::NO_CONTENT;
use crate::engine::Shown;

type Answered = Result<Answer, Refused>;
type Shared = State<Arc<App>>;

/// The positions of a create's records that matched one which was there.
const MATCHED: &str = "clarify-matched";

pub(super) async fn create(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    let created = app.engine.create(object, &body).await?;
    let json = document::single(&created.records.concat());
    Ok(Answer::json(StatusCode::CREATED, json).with(MATCHED, &positions(&created.matched)))
}

pub(super) async fn create_resource(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    let created = app.engine.create_resource(object, &body).await?;
    let matched = positions(&created.matched);
    let shown = Shown { records: created.records.concat(), included: None };
    Ok(Answer::json(StatusCode::CREATED, document::resource(&shown)).with(MATCHED, &matched))
}

pub(super) async fn create_bulk(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    let created = app.engine.create_bulk(object, &body).await?;
    let json = document::bulk(&created.records, app.engine.contract());
    Ok(Answer::json(StatusCode::CREATED, json).with(MATCHED, &positions(&created.matched)))
}

fn positions(matched: &[usize]) -> String {
    matched.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

pub(super) async fn get(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    IdTarget(id): IdTarget,
    uri: Uri,
) -> Answered {
    let shown = app.engine.get(&object, &id, &query::parameters(&uri)).await?;
    Ok(Answer::json(StatusCode::OK, document::record(&shown)))
}

pub(super) async fn get_resource(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    IdTarget(id): IdTarget,
    uri: Uri,
) -> Answered {
    let shown = app.engine.get(&object, &id, &query::parameters(&uri)).await?;
    Ok(Answer::json(StatusCode::OK, document::resource(&shown)))
}

pub(super) async fn list(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let parameters = query::parameters(&uri);
    let listing = app.engine.list(&object, &parameters).await?;
    let links = Links::new(&app, &uri, &headers, &parameters, listing.limit);
    Ok(Answer::json(StatusCode::OK, document::page(&listing, &links, app.engine.contract())))
}

pub(super) async fn update(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    IdTarget(id): IdTarget,
    Body(body): Body,
) -> Answered {
    let record = app.engine.update(object, &id, &body).await?;
    Ok(Answer::json(StatusCode::OK, document::single(&record)))
}

pub(super) async fn update_bulk(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    let records = app.engine.update_bulk(object, &body).await?;
    Ok(Answer::json(StatusCode::OK, document::bulk(&records, app.engine.contract())))
}

pub(super) async fn delete(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    IdTarget(id): IdTarget,
    uri: Uri,
) -> Answered {
    query::check_silent(&uri)?;
    app.engine.delete(object, &id).await?;
    Ok(Answer::empty(&app.engine.contract().deleted))
}

pub(super) async fn delete_bulk(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    app.engine.delete_bulk(object, &body).await?;
    Ok(Answer::empty(&app.engine.contract().bulk_deleted))
}

pub(super) async fn merge(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    IdTarget(id): IdTarget,
    Body(body): Body,
) -> Answered {
    app.engine.merge(object, &id, &body).await?;
    Ok(Answer::empty(&NO_CONTENT))
}

pub(super) async fn deleted(
    State(app): Shared,
    ObjectTarget(object): ObjectTarget,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let parameters = query::parameters(&uri);
    let listing = app.engine.deleted(&object, &parameters).await?;
    let links = Links::new(&app, &uri, &headers, &parameters, listing.limit);
    Ok(Answer::json(StatusCode::OK, document::page(&listing, &links, app.engine.contract())))
}
