//! The operations of the API's Records page.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};

use super::body::Body;
use super::document::{self, Answer};
use super::error::Refused;
use super::links::Links;
use super::target::{IdTarget, ObjectTarget, WorkspaceTarget};
use super::{App, query};
use crate::contract::NO_CONTENT;
use crate::engine::Shown;

type Answered = Result<Answer, Refused>;

/// The positions of a create's records that matched one which was there.
const MATCHED: &str = "clarify-matched";

pub(super) async fn create(
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    let created = engine.create(object, &body).await?;
    let json = document::single(&created.batch.records);
    Ok(Answer::json(StatusCode::CREATED, json).with(MATCHED, &positions(&created.matched)))
}

pub(super) async fn create_resource(
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    let created = engine.create_resource(object, &body).await?;
    let matched = positions(&created.matched);
    let shown = Shown { records: created.batch.records, included: None };
    Ok(Answer::json(StatusCode::CREATED, document::resource(&shown)).with(MATCHED, &matched))
}

pub(super) async fn create_bulk(
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    let created = engine.create_bulk(object, &body).await?;
    let json = document::bulk(created.batch, engine.contract());
    Ok(Answer::json(StatusCode::CREATED, json).with(MATCHED, &positions(&created.matched)))
}

fn positions(matched: &[usize]) -> String {
    let mut text = String::new();
    for position in matched {
        let comma = if text.is_empty() { "" } else { "," };
        // Text can always be added to.
        let _ = write!(text, "{comma}{position}");
    }
    text
}

pub(super) async fn get(
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    IdTarget(id): IdTarget,
    uri: Uri,
) -> Answered {
    let shown = engine.get(&object, &id, &query::parameters(&uri)).await?;
    Ok(Answer::json(StatusCode::OK, document::record(shown)))
}

pub(super) async fn get_resource(
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    IdTarget(id): IdTarget,
    uri: Uri,
) -> Answered {
    let shown = engine.get(&object, &id, &query::parameters(&uri)).await?;
    Ok(Answer::json(StatusCode::OK, document::resource(&shown)))
}

pub(super) async fn list(
    State(app): State<Arc<App>>,
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let parameters = query::parameters(&uri);
    let listing = engine.list(&object, &parameters).await?;
    let links = Links::new(&app, &uri, &headers, &parameters, listing.limit);
    Ok(Answer::page(listing, &links, engine.contract()))
}

pub(super) async fn update(
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    IdTarget(id): IdTarget,
    Body(body): Body,
) -> Answered {
    let record = engine.update(object, &id, &body).await?;
    Ok(Answer::json(StatusCode::OK, document::single(&record)))
}

pub(super) async fn update_bulk(
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    let batch = engine.update_bulk(object, &body).await?;
    Ok(Answer::json(StatusCode::OK, document::bulk(batch, engine.contract())))
}

pub(super) async fn delete(
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    IdTarget(id): IdTarget,
    uri: Uri,
) -> Answered {
    query::check_silent(&uri)?;
    engine.delete(object, &id).await?;
    Ok(Answer::empty(&engine.contract().deleted))
}

pub(super) async fn delete_bulk(
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    Body(body): Body,
) -> Answered {
    engine.delete_bulk(object, &body).await?;
    Ok(Answer::empty(&engine.contract().bulk_deleted))
}

pub(super) async fn merge(
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    IdTarget(id): IdTarget,
    Body(body): Body,
) -> Answered {
    engine.merge(object, &id, &body).await?;
    Ok(Answer::empty(&NO_CONTENT))
}

pub(super) async fn deleted(
    State(app): State<Arc<App>>,
    WorkspaceTarget(engine): WorkspaceTarget,
    ObjectTarget(object): ObjectTarget,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let parameters = query::parameters(&uri);
    let listing = engine.deleted(&object, &parameters).await?;
    let links = Links::new(&app, &uri, &headers, &parameters, listing.limit);
    Ok(Answer::page(listing, &links, engine.contract()))
}
