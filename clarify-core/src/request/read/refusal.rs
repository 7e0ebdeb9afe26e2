//! Answers that say no, or nothing that can be read.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use serde_json::Value;

use crate::error::{Problem, Refusal};
use crate::request::Answer;
use crate::value::read_json;

pub(super) fn refusal(answer: &Answer, problems: Option<Vec<Problem>>) -> Refusal {
    let problems = problems.unwrap_or_else(|| error_document(&answer.body));
    Refusal {
        status: answer.status,
        malformed: false,
        excerpt: excerpt(&answer.body).filter(|_| problems.is_empty()),
        problems,
        request_id: answer.header("x-request-id").map(str::to_owned),
        retry_after: answer.header("retry-after").and_then(|text| wait(text.trim(), answer)),
    }
}

/// How long a `Retry-After` asks to wait: seconds, or until a date (RFC 9110, 10.2.3). The date is
/// set against the service's own clock where it tells its time.
fn wait(text: &str, answer: &Answer) -> Option<Duration> {
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let now = answer.header("date").and_then(date).unwrap_or(answer.at);
    let wait = date(text)?.duration_since(now);
    Some(wait.try_into().unwrap_or(Duration::ZERO))
}

fn date(text: &str) -> Option<Timestamp> {
    rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}

/// The beginning of a body, so that an error stays one line.
fn excerpt(body: &[u8]) -> Option<String> {
    const LONGEST: usize = 200;
    let text: String = String::from_utf8_lossy(body).chars().take(LONGEST).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(one_line(&text)).filter(|text| !text.is_empty())
}

/// The problems of `{"errors":[...]}`, or of the `{"message":...}` that proxies answer.
fn error_document(body: &[u8]) -> Vec<Problem> {
    let Ok(document) = read_json(body) else { return Vec::new() };
    if let Some(errors) = document.get("errors").and_then(Value::as_array) {
        return errors.iter().map(problem).collect();
    }
    let texts = match document.get("message") {
        Some(Value::String(message)) => vec![message.clone()],
        Some(Value::Array(messages)) => {
            messages.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    };
    texts.into_iter().map(|text| Problem::new("", bounded(&text))).collect()
}

/// What a service says goes into logs and onto terminals as one line of plain text, and of a length
/// that a line may have.
pub(super) fn bounded(text: &str) -> String {
    const LONGEST: usize = 500;
    match text.char_indices().nth(LONGEST).and_then(|(end, _)| text.get(..end)) {
        Some(start) => one_line(&format!("{start}…")),
        None => one_line(text),
    }
}

fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn problem(error: &Value) -> Problem {
    let text = |pointer| error.pointer(pointer).and_then(Value::as_str);
    let status = match error.get("status") {
        Some(Value::String(status)) => status.parse().ok(),
        Some(status) => status.as_u64().and_then(|status| u16::try_from(status).ok()),
        None => None,
    };
    Problem {
        pointer: bounded(text("/source/pointer").unwrap_or_default()),
        detail: bounded(text("/detail").or_else(|| text("/title")).unwrap_or("no detail")),
        status,
    }
}
