//! What a call will be, before it is one.

use std::fmt;

use crate::Client;
use crate::members::members;
use crate::request::Call;

/// What would be sent: the verb, the whole URL, the body, and whether the call is repeated where the
/// answer is lost. The API key is not in it.
///
/// ```
/// # use clarify_core::{Client, ClarifyObject};
/// # #[derive(Debug, ClarifyObject)]
/// # #[clarify(object = "company")]
/// # struct Company { name: Option<String>, #[clarify(unique)] domains: Vec<String> }
/// # let clarify = Client::builder("acme").api_key("secret").build()?;
/// let cern = Company { name: Some("CERN".into()), domains: vec!["cern.ch".into()] };
/// let explained = clarify.records::<Company>().upsert(&cern).explain()?;
/// assert!(explained.repeatable);
/// assert_eq!(
///     explained.to_string(),
///     r#"POST https://api.clarify.ai/v1/workspaces/acme/objects/company/records
/// {"data":{"type":"company","attributes":{"name":"CERN","domains":{"items":["cern.ch"]}}},"match_on":"domains"}
/// may be repeated: done twice, it comes to the same"#,
/// );
/// # Ok::<(), clarify_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// The verb.
    pub method: String,
    /// The whole URL.
    pub url: String,
    /// The JSON that is sent, if any is.
    pub body: Option<String>,
    /// Whether the call is sent again when the service may have received it and no answer came.
    pub repeatable: bool,
}

members!(Explanation { method, url, body: or_default, repeatable });

impl Explanation {
    pub(super) fn of(client: &Client, call: &Call) -> Self {
        let body = String::from_utf8_lossy(&call.body).into_owned();
        Self {
            method: call.method.to_string(),
            url: call.url(&client.sender().endpoint),
            body: Some(body).filter(|body| !body.is_empty()),
            repeatable: call.repeatable,
        }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {}", self.method, self.url)?;
        if let Some(body) = &self.body {
            writeln!(f, "{body}")?;
        }
        f.write_str(match self.repeatable {
            true => "may be repeated: done twice, it comes to the same",
            false => {
                "is not repeated once it may have been received: done twice, it makes two records"
            }
        })
    }
}
