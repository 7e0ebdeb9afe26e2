//! The calls on the workspace's schemas.

use std::borrow::Cow;

use http::Method;
use serde_json::Value;

use super::Call;

const SCHEMAS: &str = "/schemas";

/// The calls on the workspace's schemas, each as a value.
#[derive(Clone, Copy, Debug, Default)]
pub struct SchemaCalls;

impl SchemaCalls {
    /// `GET /schemas`: the first page of the workspace's schemas.
    #[must_use]
    pub fn list(self) -> Call {
        Call::new(Method::GET, SCHEMAS.to_owned(), SCHEMAS, Cow::Borrowed(""))
    }

    /// The page behind one that was answered; nothing behind the last one.
    ///
    /// Of the link that the page has, just the query is taken: where requests and the key go, no
    /// answer decides.
    #[must_use]
    pub fn next(self, page: &Value) -> Option<Call> {
        let link = page.pointer("/links/next").and_then(Value::as_str)?;
        let (_, query) = link.split_once('?')?;
        let query = query.split('#').next().unwrap_or_default();
        Some(Call { query: query.to_owned(), ..self.list() })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn of_a_link_the_query_is_taken() {
        let next = |link: Value| SchemaCalls.next(&json!({ "links": { "next": link } }));
        let call = next(json!("http://elsewhere.example/schemas?page[cursor]=c_a#top")).unwrap();
        assert_eq!((&*call.path, &*call.query), ("/schemas", "page[cursor]=c_a"));
        assert!(next(Value::Null).is_none());
        assert!(next(json!("https://api.clarify.ai/schemas")).is_none());
        assert!(SchemaCalls.next(&json!({})).is_none());
    }
}
