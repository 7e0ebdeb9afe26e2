//! Answers that no service was asked for.

use http::StatusCode;

use super::fault::Fault;
use super::message::Response;

/// What answers a request in place of the service, once it has met this fault.
pub(super) fn instead(fault: &Fault) -> Option<Response> {
    match fault {
        Fault::TooMany { retry_after } => Some(too_many(retry_after.as_deref())),
        Fault::ServerError | Fault::ServerErrorAfterCommit => {
            Some(error(StatusCode::INTERNAL_SERVER_ERROR, "Internal server error"))
        }
        Fault::BadGateway => Some(proxy_page(StatusCode::BAD_GATEWAY)),
        Fault::GatewayTimeoutAfterCommit => Some(proxy_page(StatusCode::GATEWAY_TIMEOUT)),
        Fault::Page => Some(sign_in()),
        _ => None,
    }
}

/// What is never sent, since the connection is closed.
pub(super) fn nothing() -> Response {
    html(StatusCode::OK, String::new())
}

pub(super) fn too_many(retry_after: Option<&str>) -> Response {
    let answer = error(StatusCode::TOO_MANY_REQUESTS, "Too many requests");
    match retry_after {
        Some(text) => answer.with("retry-after", text),
        None => answer,
    }
}

/// An error document of one problem.
pub(super) fn error(status: StatusCode, detail: &str) -> Response {
    let code = status.as_str();
    let detail = serde_json::Value::from(detail);
    let body = format!("{{\"errors\":[{{\"status\":\"{code}\",\"detail\":{detail}}}]}}");
    Response::json(status, body)
}

fn proxy_page(status: StatusCode) -> Response {
    let body = format!(
        "<html>\r\n<head><title>{status}</title></head>\r\n\
         <body><center><h1>{status}</h1></center></body>\r\n</html>\r\n"
    );
    html(status, body)
}

fn sign_in() -> Response {
    const PAGE: &str = "<!doctype html>\n<title>Sign in</title>\n\
                        <form method=\"post\"><input name=\"email\"><button>Sign in</button></form>\n";
    html(StatusCode::OK, PAGE.to_owned())
}

fn html(status: StatusCode, body: String) -> Response {
    Response::new(status, "text/html; charset=utf-8", body)
}
