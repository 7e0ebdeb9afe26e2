//! What is known of a request before anything is done for it.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::Extensions;

use super::auth;
use super::connection::Connection;
use super::router::{Route, Router};
use super::workspaces::{Admission, Hosted};

/// Found out once. Who answers a request finds it among the request's extensions.
pub(super) struct Asked {
    pub(super) connection: Arc<Connection>,
    /// The path that is served, if there is one.
    pub(super) route: Option<Arc<Route>>,
    pub(super) admission: Admission,
}

impl Asked {
    /// Looks at a request that came by this connection.
    pub(super) fn of(
        request: &mut Request,
        router: &Router,
        connection: &Arc<Connection>,
    ) -> Arc<Self> {
        let connection = Arc::clone(connection);
        let route = router.find(request.uri().path());
        let admission = auth::admit(&router.app, request);
        let asked = Arc::new(Self { connection, route, admission });
        request.extensions_mut().insert(Arc::clone(&asked));
        asked
    }

    pub(super) fn among(extensions: &Extensions) -> Option<&Self> {
        extensions.get::<Arc<Self>>().map(|asked| &**asked)
    }

    /// The workspace that the request may see.
    pub(super) const fn workspace(&self) -> Option<&Arc<Hosted>> {
        match &self.admission {
            Admission::Inside(workspace) => Some(workspace),
            _ => None,
        }
    }

    /// The path's pattern, empty where there is no such path.
    pub(super) fn pattern(&self) -> &str {
        self.route.as_ref().map_or("", |route| &route.path)
    }
}
