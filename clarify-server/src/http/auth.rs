//! The API key, and who may pass.

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use percent_encoding::percent_decode_str;
use subtle::ConstantTimeEq as _;
use ulid::Ulid;

use super::App;
use super::asked::Asked;
use super::error::Refused;
use super::workspaces::Admission;

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
    pub(super) fn is(&self, given: &str) -> bool {
        self.0.as_bytes().ct_eq(given.as_bytes()).into()
    }
}

/// The name of the workspace that a request's path is in, as it stands there.
fn workspace(path: &str) -> Option<&str> {
    path.strip_prefix("/v1/workspaces/")?.split('/').next()
}

/// Finds out where a request may go, before anything is counted or said of it.
pub(super) fn admit(app: &App, request: &Request) -> Admission {
    let Some(name) = workspace(request.uri().path()) else { return Admission::Outside };
    let name = percent_decode_str(name).decode_utf8_lossy();
    app.workspaces.admit(given_key(request.headers()), &name)
}

/// The answer to those who don't have the key. The key comes first, so that nobody without one learns
/// which workspaces exist; nor does who has another's.
pub(super) fn turn_away(asked: &Asked, request: &Request) -> Option<Response> {
    let refused = match asked.admission {
        Admission::Outside | Admission::Inside(_) => return None,
        Admission::Elsewhere => {
            let name = workspace(request.uri().path()).unwrap_or_default();
            Refused::new(404, format!("there is no workspace `{name}`"))
        }
        Admission::Stranger => Refused::new(401, "Invalid API key"),
    };
    Some(refused.into_response())
}

fn given_key(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("api-key").then(|| key.trim())
}
