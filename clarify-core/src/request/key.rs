//! The API key.

use std::fmt;

use bytes::Bytes;
use http::HeaderValue;

use crate::Error;

/// An API key. It shows itself to nobody: not in `Debug`, not in errors or logs.
#[derive(Clone)]
pub struct ApiKey(String);

impl ApiKey {
    /// A key, as the workspace's settings show it. White space around it is no part of it.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into().trim().to_owned())
    }

    /// The value of the `Authorization` header.
    pub(crate) fn header(&self) -> Result<HeaderValue, Error> {
        let mut value = HeaderValue::try_from(format!("api-key {}", self.0))
            .map_err(|_| Error::config("the API key holds a character that no key can hold"))?;
        value.set_sensitive(true);
        Ok(value)
    }

    /// An error that does not show the key.
    pub(crate) fn keep_out_of(&self, error: Error) -> Error {
        error.without(&self.0)
    }

    /// A body without the key, if the key is in it.
    pub(crate) fn cut_out_of(&self, body: &[u8]) -> Option<Bytes> {
        let text = std::str::from_utf8(body).ok().filter(|text| text.contains(&self.0))?;
        Some(text.replace(&self.0, "…").into())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}
