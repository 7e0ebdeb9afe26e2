//! Which path and verb does what.

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Method, Uri};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, get, patch, post, put};
use tower_http::catch_panic::CatchPanicLayer;

use super::error::Refused;
use super::{App, auth, faults, health, journal, metrics, observe, records, refused};
use super::{relationships, room, schemas, stamp};

const SCHEMAS: &str = "/v1/workspaces/{workspace}/schemas";

pub(super) fn router(app: Arc<App>) -> Router {
    let object = "/v1/workspaces/{workspace}/objects/{object}";
    let path = |rest: &str| format!("{object}{rest}");
    Router::new()
        .route(
            &path("/records"),
            post(records::create).patch(records::update_bulk).delete(records::delete_bulk),
        )
        .route(&path("/records/bulk"), post(records::create_bulk))
        .route(
            &path("/records/{id}"),
            get(records::get).merge(patch(records::update).delete(records::delete)),
        )
        .route(
            &path("/records/{id}/relationships/{relationship}"),
            get(relationships::list).merge(patch(relationships::set).delete(relationships::remove)),
        )
        .route(&path("/records/{id}/merges"), post(records::merge))
        .route(&path("/deleted-resources"), get(records::deleted))
        .route(&path("/resources"), get(records::list).post(records::create_resource))
        .route(&path("/resources/{id}"), get(records::get_resource))
        .merge(schemas_router())
        .route(health::PATH, get(health::show))
        .route(metrics::PATH, get(metrics::show))
        .fallback(unknown_path)
        .method_not_allowed_fallback(wrong_verb)
        .layer(DefaultBodyLimit::max(app.body_limit))
        .layer(from_fn_with_state(Arc::clone(&app), room::hold))
        .layer(from_fn_with_state(Arc::clone(&app), faults::befall))
        .layer(from_fn(auth::guard))
        .layer(from_fn(refused::answer))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(Arc::clone(&app), stamp::stamp))
        .layer(from_fn_with_state(Arc::clone(&app), observe::observe))
        .layer(from_fn(journal::keep))
        .layer(from_fn_with_state(Arc::clone(&app), auth::admit))
        .with_state(app)
}

fn schemas_router() -> Router<Arc<App>> {
    let path = |rest: &str| format!("{SCHEMAS}{rest}");
    Router::new()
        .route(SCHEMAS, get(schemas::list).patch(schemas::edit_options))
        .route(&path("/objects"), post(schemas::create))
        .route(&path("/objects/{object}"), put(schemas::replace).delete(schemas::delete))
        .route(&path("/{object}/properties"), post(schemas::add_fields))
        .route(&path("/{object}/fields-order"), patch(schemas::order_fields))
        .route(&path("/{object}/fields-visibility"), patch(schemas::hide_fields))
        .route(&path("/{object}/relationships"), post(schemas::add_relationships))
        .route(&path("/{object}/relationships/{field}"), delete(schemas::remove_relationship))
}

async fn unknown_path(uri: Uri) -> Response {
    Refused::new(404, format!("there is no path `{}`", uri.path())).into_response()
}

/// The header `Allow` is added by the router.
async fn wrong_verb(method: Method, uri: Uri) -> Response {
    Refused::new(405, format!("`{}` does not take {method}", uri.path())).into_response()
}

fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!(target: "clarify_server", "a request panicked");
    Refused::new(500, "the request failed in a way that was not foreseen").into_response()
}
