//! Query strings.

use axum::http::Uri;

use super::error::Refused;
use crate::engine::Parameter;

/// The parameters of a query: `%5B` as `[`, `+` as a space, a value from the first `=` on.
pub(super) fn parameters(uri: &Uri) -> Vec<Parameter> {
    form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
        .map(|(name, value)| Parameter { name: name.into_owned(), value: value.into_owned() })
        .collect()
}

/// Every write takes `silent`. Nothing here notifies anyone, so there is nothing to silence.
pub(super) fn check_silent(uri: &Uri) -> Result<(), Refused> {
    for Parameter { name, value } in parameters(uri) {
        if name == "silent" && value != "true" && value != "false" {
            let detail = format!("`silent`: expected `true` or `false`, found `{value}`");
            return Err(Refused::new(400, detail));
        }
    }
    Ok(())
}
