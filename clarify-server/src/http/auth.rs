//! The API key, and who may pass.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use percent_encoding::percent_decode_str;
use subtle::ConstantTimeEq as _;
use ulid::Ulid;

use super::App;
use super::error::Refused;

/// The key that requests carry. Its `Debug` does not show it.
#[derive(Clone)]
pub(crate) struct ApiKey(String);

impl std::fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

impl ApiKey {
    pub(crate) fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    /// A key that nobody guesses: two ULIDs hold 160 random bits.
    pub(crate) fn random() -> Self {
        Self(format!("{}{}", Ulid::generate(), Ulid::generate()).to_lowercase())
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether it can stand in a header.
    pub(crate) fn is_good(&self) -> bool {
        !self.0.is_empty() && self.0.bytes().all(|byte| byte.is_ascii_graphic())
    }

    /// Takes the same time wherever the two differ.
    fn is(&self, given: &str) -> bool {
        self.0.as_bytes().ct_eq(given.as_bytes()).into()
    }
}

/// Lets those pass who have the key, to the one workspace there is. The key comes first, so that
/// nobody without it learns which workspaces exist.
pub(super) async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    match check(&app, request.uri().path(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(refused) => refused.into_response(),
    }
}

fn check(app: &App, path: &str, headers: &HeaderMap) -> Result<(), Refused> {
    let Some(rest) = path.strip_prefix("/v1/workspaces/") else { return Ok(()) };
    if !given_key(headers).is_some_and(|key| app.key.is(key)) {
        return Err(Refused::new(401, "Invalid API key"));
    }
    let name = rest.split('/').next().unwrap_or_default();
    if percent_decode_str(name).decode_utf8_lossy() == app.engine.workspace() {
        return Ok(());
    }
    Err(Refused::new(404, format!("there is no workspace `{name}`")))
}

fn given_key(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("api-key").then(|| key.trim())
}
