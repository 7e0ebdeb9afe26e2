//! What a service answers, and what the cases ask of it.

use http::HeaderMap;
use serde_json::Value;

use crate::line::Request;

/// The id of a record that was shown.
pub(crate) fn id_of(record: &Value) -> String {
    record["id"].as_str().expect("a record has an id, a text").to_owned()
}

/// What a service answered.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

impl Answer {
    /// The answer to a request.
    pub async fn of(request: Request) -> Self {
        let response = request.send().await.expect("the service answers");
        let (parts, body) = response.into_parts();
        let text = String::from_utf8_lossy(&body).into_owned();
        Self { status: parts.status.as_u16(), headers: parts.headers, text }
    }

    /// A header's text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The whole document of an answer with this status.
    #[track_caller]
    pub fn document(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), Some("application/json"));
        serde_json::from_str(&self.text).expect("the answer is JSON")
    }

    /// The `data` of an answer with this status.
    #[track_caller]
    pub fn data(&self, status: u16) -> Value {
        self.document(status)["data"].take()
    }

    /// Whether the answer says of a deletion that it is done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!((self.status, &*self.text), (204, "") | (200, "{}"))
    }

    /// The ids of the records in `data`.
    #[track_caller]
    pub fn ids(&self, status: u16) -> Vec<String> {
        self.data(status).as_array().expect("`data` is a list").iter().map(id_of).collect()
    }

    /// The problems of a refusal with this status. That it is an error document of the API is part
    /// of the check.
    #[track_caller]
    pub fn refused(&self, status: u16) -> Vec<Refused> {
        let document = self.document(status);
        let errors = document["errors"].as_array().expect("a refusal has `errors`");
        assert!(!errors.is_empty(), "a refusal has a reason: {}", self.text);
        errors.iter().map(Refused::read).collect()
    }

    /// The one problem of a refusal with this status.
    #[track_caller]
    pub fn problem(&self, status: u16) -> Refused {
        let mut problems = self.refused(status);
        assert_eq!(problems.len(), 1, "{}", self.text);
        problems.remove(0)
    }

    /// That the refusal with this status has one problem, at this place.
    #[track_caller]
    pub fn refused_at(&self, status: u16, pointer: &str) -> Refused {
        let problem = self.problem(status);
        assert_eq!(problem.pointer.as_deref(), Some(pointer), "{}", self.text);
        assert_eq!(problem.status, status, "{}", self.text);
        problem
    }
}

/// What was written of attributes that are shown: without those of the system, and without fields
/// that have no value.
#[must_use]
pub fn written(mut attributes: Value) -> Value {
    let members = attributes.as_object_mut().expect("attributes are an object");
    members.retain(|name, value| !name.starts_with('_') && !value.is_null());
    attributes
}

/// One problem of a refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The status of this problem.
    pub status: u16,
    /// The words.
    pub detail: String,
    /// The place in the body.
    pub pointer: Option<String>,
}

impl Refused {
    fn read(error: &Value) -> Self {
        let status = error["status"].as_str().expect("the status is a string");
        let pointer = error.pointer("/source/pointer");
        Self {
            status: status.parse().expect("the status is a number in a string"),
            detail: error["detail"].as_str().expect("there is a detail").to_owned(),
            pointer: pointer.map(|p| p.as_str().expect("a pointer is a string").to_owned()),
        }
    }
}
