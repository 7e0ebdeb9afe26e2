//! The error document, in which every refusal is answered.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::document::Answer;
use crate::engine::{Fault, Refusal};

/// A refusal on its way to the client.
#[derive(Debug)]
pub(super) struct Refused(Refusal);

impl Refused {
    pub(super) fn new(status: u16, detail: impl Into<String>) -> Self {
        Self(Fault::new(status, detail).into())
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let errors: Vec<_> = self.0.faults.iter().map(error).collect();
        let json = format!("{{\"errors\":[{}]}}", errors.join(","));
        let status = StatusCode::from_u16(self.0.status());
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let answer = Answer::json(status, json);
        // Whatever keeps the service from answering now is soon over.
        let answer = if status == StatusCode::SERVICE_UNAVAILABLE {
            answer.with("retry-after", "1")
        } else {
            answer
        };
        answer.into_response()
    }
}

/// `title` stands in validation errors alone; `source` in all that are about one place of the body, so
/// that each error of a batch can be told by its record.
fn error(fault: &Fault) -> String {
    let (status, detail) = (fault.status, Value::from(fault.line()));
    match &fault.pointer {
        Some(pointer) if matches!(status, 400 | 422) => {
            let pointer = Value::from(pointer.as_str());
            format!(
                "{{\"status\":\"{status}\",\"title\":\"Invalid input\",\"detail\":{detail},\
                 \"source\":{{\"pointer\":{pointer}}}}}"
            )
        }
        Some(pointer) => {
            let pointer = Value::from(pointer.as_str());
            format!(
                "{{\"status\":\"{status}\",\"detail\":{detail},\
                 \"source\":{{\"pointer\":{pointer}}}}}"
            )
        }
        None => format!("{{\"status\":\"{status}\",\"detail\":{detail}}}"),
    }
}
