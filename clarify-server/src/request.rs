//! A request, as a workspace received it.

use std::fmt;

use percent_encoding::percent_decode_str;

/// A request that a workspace received, and how it was answered. Its headers, and with them the key,
/// are not kept.
///
/// As a text it is one line, its query decoded: `GET /objects/deal/resources?page[limit]=5 200`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request {
    /// The verb.
    pub method: String,
    /// The path within the workspace, as it was sent: `/objects/deal/records/dea_1`.
    pub path: String,
    /// The path's pattern, `/objects/{object}/records/{id}`; empty where there is no such path.
    pub pattern: String,
    /// The query as it was sent; empty where there is none.
    pub query: String,
    /// As much of the body as was read, up to a mebibyte.
    pub body: String,
    /// The status of the answer; none while there is no answer, or where the connection was cut.
    pub status: Option<u16>,
}

impl Request {
    /// Whether it is of this route: a verb and the end of a path, as it was sent or as its pattern.
    /// The verb may be left out.
    ///
    /// ```no_run
    /// # fn of(request: clarify_server::Request) {
    /// assert!(request.is("POST /objects/deal/records"));
    /// assert!(request.is("POST /objects/{object}/records") && request.is("/records"));
    /// # }
    /// ```
    #[must_use]
    pub fn is(&self, route: &str) -> bool {
        let (verb, path) = route.split_once(' ').unwrap_or(("", route));
        (verb.is_empty() || verb == self.method)
            && (self.path.ends_with(path) || self.pattern.ends_with(path))
    }

    /// The value of a parameter of its query, decoded: of `filter[title][Contains]`.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<String> {
        let mut parameters = form_urlencoded::parse(self.query.as_bytes());
        parameters.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        if !self.query.is_empty() {
            write!(f, "?{}", percent_decode_str(&self.query).decode_utf8_lossy())?;
        }
        match self.status {
            Some(status) => write!(f, " {status}"),
            None => f.write_str(" without an answer"),
        }
    }
}
