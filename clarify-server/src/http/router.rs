//! Which path and verb does what.

use std::sync::Arc;

use axum::Router;
use axum::http::{Method, Uri};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, delete, get, patch, post, put};

use super::error::Refused;
use super::{App, health, metrics, openapi, pass, records, relationships, schemas};

/// What the paths of a workspace begin with.
pub(super) const WORKSPACE: &str = "/v1/workspaces/{workspace}";

type Routes = Vec<(String, MethodRouter<Arc<App>>)>;

pub(super) fn router(app: Arc<App>) -> Router {
    let add = |router: Router<_>, (path, verbs): (String, _)| router.route(&path, verbs);
    routes()
        .into_iter()
        .fold(Router::new(), add)
        .fallback(unknown_path)
        .method_not_allowed_fallback(wrong_verb)
        .layer(from_fn_with_state(Arc::clone(&app), pass::pass))
        .with_state(app)
}

/// Every path with what its verbs do.
pub(super) fn routes() -> Routes {
    let mut routes = vec![
        (health::PATH.to_owned(), get(health::show)),
        (metrics::PATH.to_owned(), get(metrics::show)),
        (openapi::PATH.to_owned(), get(openapi::show)),
    ];
    routes.extend(records_routes());
    routes.extend(schemas_routes());
    routes
}

fn records_routes() -> Routes {
    let path = |rest: &str| format!("{WORKSPACE}/objects/{{object}}{rest}");
    vec![
        (
            path("/records"),
            post(records::create).patch(records::update_bulk).delete(records::delete_bulk),
        ),
        (path("/records/bulk"), post(records::create_bulk)),
        (
            path("/records/{id}"),
            get(records::get).merge(patch(records::update).delete(records::delete)),
        ),
        (
            path("/records/{id}/relationships/{relationship}"),
            get(relationships::list).merge(patch(relationships::set).delete(relationships::remove)),
        ),
        (path("/records/{id}/merges"), post(records::merge)),
        (path("/deleted-resources"), get(records::deleted)),
        (path("/resources"), get(records::list).post(records::create_resource)),
        (path("/resources/{id}"), get(records::get_resource)),
    ]
}

fn schemas_routes() -> Routes {
    let path = |rest: &str| format!("{WORKSPACE}/schemas{rest}");
    vec![
        (path(""), get(schemas::list).patch(schemas::edit_options)),
        (path("/objects"), post(schemas::create)),
        (path("/objects/{object}"), put(schemas::replace).delete(schemas::delete)),
        (path("/{object}/properties"), post(schemas::add_fields)),
        (path("/{object}/fields-order"), patch(schemas::order_fields)),
        (path("/{object}/fields-visibility"), patch(schemas::hide_fields)),
        (path("/{object}/relationships"), post(schemas::add_relationships)),
        (path("/{object}/relationships/{field}"), delete(schemas::remove_relationship)),
    ]
}

async fn unknown_path(uri: Uri) -> Response {
    Refused::new(404, format!("there is no path `{}`", uri.path())).into_response()
}

/// The header `Allow` is added by the router.
async fn wrong_verb(method: Method, uri: Uri) -> Response {
    Refused::new(405, format!("`{}` does not take {method}", uri.path())).into_response()
}
