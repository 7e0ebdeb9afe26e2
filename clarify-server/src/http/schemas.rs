//! The schemas of the workspace's objects.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};

use super::document::{self, Answer};
use super::error::Refused;
use super::links::Links;
use super::{App, query};

pub(super) async fn list(
    State(app): State<Arc<App>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Answer, Refused> {
    let parameters = query::parameters(&uri);
    let page = app.engine.schemas(&parameters)?;
    let links = Links::new(&app, &uri, &headers, &parameters, page.limit);
    let next = page.next.map(|cursor| links.after(&cursor));
    let json = document::schemas(&page.resources, next.as_deref(), app.engine.contract());
    Ok(Answer::json(StatusCode::OK, json))
}
