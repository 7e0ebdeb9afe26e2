//! Where a workspace's API is.

use std::net::IpAddr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::{Host, Url};

use crate::Error;

/// What a segment of a path or a part of a query can hold unescaped (RFC 3986, unreserved).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(super) fn escape(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// One segment of a path, or nothing where a text can't be one: URLs take `.` and `..` for steps,
/// escaped or not.
pub(super) fn segment(text: &str) -> Option<String> {
    (!matches!(text, "" | "." | "..")).then(|| escape(text))
}

/// Where a workspace's API is: `https://api.clarify.ai/v1` and `acme`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Scheme, host and port.
    origin: String,
    /// From the root to the workspace: `/v1/workspaces/acme`.
    path: String,
}

impl Endpoint {
    /// The endpoint of a workspace below `base`: a host (`https://api.clarify.ai`), one with `/v1`,
    /// or the whole URL that `clarify serve` prints (`http://127.0.0.1:8787/v1/workspaces/acme`).
    ///
    /// # Errors
    ///
    /// When the base is no such URL, names another workspace, carries a user, a query or a fragment,
    /// or would send the key unencrypted: plain `http` is for this machine only.
    pub fn new(base: &str, workspace: &str) -> Result<Self, Error> {
        let bad = |reason: &str| Error::config(format!("the base URL `{}` {reason}", shown(base)));
        let url = Url::parse(base).map_err(|error| bad(&format!("can't be read: {error}")))?;
        let workspace = segment(workspace).ok_or_else(|| match workspace {
            "" => Error::config("no workspace is given"),
            _ => Error::config(format!("`{workspace}` can't be the name of a workspace")),
        })?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad("can't carry a user: the key goes into `api_key`"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(bad("ends with its path: a query or fragment has no place there"));
        }
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            "http" => return Err(bad("must be https: plain http is for this machine only")),
            _ => return Err(bad("must be https")),
        }
        let path = format!("{}/v1/workspaces/{workspace}", prefix(&url, &workspace).map_err(bad)?);
        Ok(Self { origin: url.origin().ascii_serialization(), path })
    }

    /// The path of the workspace: `/v1/workspaces/acme`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether requests are sent without TLS.
    pub(crate) fn is_plain(&self) -> bool {
        self.origin.starts_with("http:")
    }

    /// The host that requests are sent to.
    pub(crate) fn host(&self) -> &str {
        let (_, host) = self.origin.split_once("://").unwrap_or_default();
        match host.rsplit_once(':') {
            // The colons of an IPv6 address stand in brackets.
            Some((host, port)) if !port.ends_with(']') => host,
            _ => host,
        }
    }

    /// The port that requests are sent to.
    pub(crate) fn port(&self) -> u16 {
        let port = self.origin.rsplit_once(':').and_then(|(_, port)| port.parse().ok());
        port.unwrap_or(if self.is_plain() { 80 } else { 443 })
    }

    /// Scheme, host and port: whom the key is sent to.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

/// A user, a password and a query may be secrets too.
fn shown(base: &str) -> &str {
    let base = base.split(['?', '#']).next().unwrap_or_default();
    base.rsplit_once('@').map_or(base, |(_, host)| host)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

/// What stands before `/v1` in the base's path: nothing, but behind some proxies.
fn prefix<'u>(url: &'u Url, workspace: &str) -> Result<&'u str, &'static str> {
    let path = url.path().trim_end_matches('/');
    let (path, named) = path.split_once("/workspaces/").map_or((path, None), |(p, w)| (p, Some(w)));
    match named {
        None if path.ends_with("/workspaces") => Err("ends before the name of the workspace"),
        Some(named) if named != workspace => Err("names another workspace than the client's"),
        _ => Ok(path.strip_suffix("/v1").unwrap_or(path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_base_url_is_taken() {
        let bases = [
            "https://api.clarify.ai",
            "https://api.clarify.ai/",
            "https://api.clarify.ai/v1",
            "https://api.clarify.ai/v1/",
            "https://api.clarify.ai/v1/workspaces/acme",
        ];
        for base in bases {
            let endpoint = Endpoint::new(base, "acme").unwrap();
            assert_eq!(endpoint.origin(), "https://api.clarify.ai", "{base}");
            assert_eq!(endpoint.path(), "/v1/workspaces/acme", "{base}");
        }
        let proxied = Endpoint::new("https://proxy.example/clarify/v1", "acme").unwrap();
        assert_eq!(proxied.path(), "/clarify/v1/workspaces/acme");
    }

    #[test]
    fn plain_http_is_for_this_machine() {
        for base in ["http://127.0.0.1:8787", "http://localhost:1", "http://[::1]:5/v1"] {
            Endpoint::new(base, "acme").unwrap();
        }
        let error = Endpoint::new("http://api.clarify.ai", "acme").unwrap_err();
        assert!(error.to_string().contains("plain http is for this machine only"), "{error}");
        Endpoint::new("http://127.0.0.1.example.com", "acme").unwrap_err();
    }

    #[test]
    fn what_can_not_be_meant_is_refused() {
        let cases = [
            ("api.clarify.ai", "acme", "can't be read"),
            ("ftp://api.clarify.ai", "acme", "must be https"),
            ("https://api.clarify.ai/v1/workspaces/other", "acme", "another workspace"),
            ("https://api.clarify.ai?x=1", "acme", "a query"),
            ("https://api.clarify.ai/v1/workspaces", "acme", "ends before"),
            ("http://acme.localhost", "acme", "plain http"),
            ("https://api.clarify.ai", "", "no workspace"),
        ];
        for (base, workspace, expected) in cases {
            let error = Endpoint::new(base, workspace).unwrap_err().to_string();
            assert!(error.contains(expected), "{base}: {error}");
        }
        let error = Endpoint::new("https://user:secret@api.clarify.ai", "acme").unwrap_err();
        assert!(!error.to_string().contains("secret"), "{error}");
        let error = Endpoint::new("https://api.clarify.ai?key=secret", "acme").unwrap_err();
        assert!(!error.to_string().contains("secret"), "{error}");
    }

    #[test]
    fn ids_are_one_segment_whatever_they_hold() {
        assert_eq!(segment("per_01HX").unwrap(), "per_01HX");
        assert_eq!(segment("a/b?c#d").unwrap(), "a%2Fb%3Fc%23d");
        assert_eq!([segment(""), segment("."), segment("..")], [None, None, None]);
    }
}
