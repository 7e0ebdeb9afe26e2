//! Which path and verb does what.

use axum::http::Method;

use super::router::Route;
use super::{health, metrics, openapi, records, relationships, schemas};

/// What the paths of a workspace begin with.
pub(super) const WORKSPACE: &str = "/v1/workspaces/{workspace}";

/// Every path with what its verbs do.
pub(super) fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::new(health::PATH).on(Method::GET, health::show),
        Route::new(metrics::PATH).on(Method::GET, metrics::show),
        Route::new(openapi::PATH).on(Method::GET, openapi::show),
    ];
    routes.extend(records_routes());
    routes.extend(schemas_routes());
    routes
}

fn records_routes() -> Vec<Route> {
    let path = |rest: &str| Route::new(&format!("{WORKSPACE}/objects/{{object}}{rest}"));
    vec![
        path("/records")
            .on(Method::POST, records::create)
            .on(Method::PATCH, records::update_bulk)
            .on(Method::DELETE, records::delete_bulk),
        path("/records/bulk").on(Method::POST, records::create_bulk),
        path("/records/{id}")
            .on(Method::GET, records::get)
            .on(Method::PATCH, records::update)
            .on(Method::DELETE, records::delete)
            .kept(),
        path("/records/{id}/relationships/{relationship}")
            .on(Method::GET, relationships::list)
            .on(Method::PATCH, relationships::set)
            .on(Method::DELETE, relationships::remove)
            .kept(),
        path("/records/{id}/merges").on(Method::POST, records::merge),
        path("/deleted-resources").on(Method::GET, records::deleted),
        path("/resources")
            .on(Method::GET, records::list)
            .on(Method::POST, records::create_resource)
            .kept(),
        path("/resources/{id}").on(Method::GET, records::get_resource).kept(),
    ]
}

fn schemas_routes() -> Vec<Route> {
    let path = |rest: &str| Route::new(&format!("{WORKSPACE}/schemas{rest}"));
    vec![
        path("").on(Method::GET, schemas::list).on(Method::PATCH, schemas::edit_options),
        path("/objects").on(Method::POST, schemas::create),
        path("/objects/{object}")
            .on(Method::PUT, schemas::replace)
            .on(Method::DELETE, schemas::delete),
        path("/{object}/properties").on(Method::POST, schemas::add_fields),
        path("/{object}/fields-order").on(Method::PATCH, schemas::order_fields),
        path("/{object}/fields-visibility").on(Method::PATCH, schemas::hide_fields),
        path("/{object}/relationships").on(Method::POST, schemas::add_relationships),
        path("/{object}/relationships/{field}").on(Method::DELETE, schemas::remove_relationship),
    ]
}
