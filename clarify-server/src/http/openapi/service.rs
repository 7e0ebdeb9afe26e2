//! The service itself.

use serde_json::json;

use super::answers;
use super::operation::Operation;
use super::paths::Paths;
use crate::http::{health, metrics};

pub(super) const TAG: &str = "service";

pub(super) fn describe(paths: &mut Paths) {
    let text = json!({ "type": "string" });
    let metrics = answers::of_form("Prometheus' text form.", "text/plain", &text);
    paths.add(
        "get",
        health::PATH,
        Operation::new(TAG, "showHealth", "Whether the service can do its work.")
            .answers(200, answers::document("It can.", "Health"))
            .refuses(&[503]),
    );
    paths.add(
        "get",
        metrics::PATH,
        Operation::new(TAG, "showMetrics", "What the service did.").answers(200, metrics),
    );
    paths.add(
        "get",
        super::PATH,
        Operation::new(TAG, "showDocument", "This document.")
            .answers(200, answers::document("OpenAPI 3.1.", "Document"))
            .refuses(&[429]),
    );
}
