//! What goes wrong on purpose, so that programs can be tested against it.

mod parse;
mod rule;

use std::time::Duration;

use crate::Error;

pub(crate) use rule::Rule;

/// Something that goes wrong on purpose: an answer that comes late, a status in place of an answer,
/// or a connection that is cut.
///
/// Without further words it befalls each request that has the key. It can be limited to a
/// [`share`](Self::share) of the requests, to the [`nth`](Self::nth) of them and to a
/// [route](Self::on). Each fault counts the requests that it is about by itself, and so draws its
/// chances in the order in which they come: the same requests in the same order meet the same
/// faults. Where several are about a request, delays add up, and of the others the first counts.
///
/// ```
/// use std::time::Duration;
///
/// use clarify_server::{Fault, Server};
///
/// let server = Server::builder()
///     .fault(Fault::status(429).share(0.1).seed(7).on("POST", "/records/bulk"))
///     .fault(Fault::cut_after().nth(3))
///     .fault(Fault::latency(Duration::from_millis(5)))
///     .start()?;
/// # Ok::<(), clarify_server::Error>(())
/// ```
///
/// As a text it is parts divided by commas: one of `latency=200ms` (or `2s`), `status=429`,
/// `cut=before` and `cut=after`, and any of `share=0.1`, `seed=7`, `nth=3` and
/// `route=POST /records/bulk`, where the verb may be left out.
///
/// ```
/// use clarify_server::Fault;
///
/// let fault: Fault = "status=429,share=0.1,seed=7,route=POST /records/bulk".parse()?;
/// assert_eq!(fault, Fault::status(429).share(0.1).seed(7).on("POST", "/records/bulk"));
///
/// let error = "status=teapot".parse::<Fault>().unwrap_err().to_string();
/// assert!(error.contains("`teapot`") && error.contains("`status=429`"));
/// # Ok::<(), clarify_server::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a fault befalls nobody until a service has it"]
pub struct Fault {
    harm: Harm,
    share: Option<f64>,
    seed: u64,
    nth: Option<u64>,
    verb: Option<String>,
    path: Option<String>,
}

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Harm {
    Latency(Duration),
    Status(u16),
    CutBefore,
    CutAfter,
}

impl Fault {
    const fn new(harm: Harm) -> Self {
        Self { harm, share: None, seed: 0, nth: None, verb: None, path: None }
    }

    /// The request waits before it is carried out.
    pub const fn latency(time: Duration) -> Self {
        Self::new(Harm::Latency(time))
    }

    /// The request is not carried out and answered with this status, 400 to 599. A 429 and a 503
    /// carry `Retry-After: 1`.
    pub const fn status(status: u16) -> Self {
        Self::new(Harm::Status(status))
    }

    /// The connection is cut, without an answer, before the request is carried out.
    pub const fn cut_before() -> Self {
        Self::new(Harm::CutBefore)
    }

    /// The connection is cut, without an answer, after the request was carried out: what it writes
    /// is written.
    pub const fn cut_after() -> Self {
        Self::new(Harm::CutAfter)
    }

    /// Befalls this share of the requests, from 0 to 1, by chance. Default: all.
    pub const fn share(mut self, share: f64) -> Self {
        self.share = Some(share);
        self
    }

    /// What chance begins with. Default: 0.
    pub const fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Befalls one request alone: the first is 1.
    pub const fn nth(mut self, nth: u64) -> Self {
        self.nth = Some(nth);
        self
    }

    /// Befalls requests of this verb to paths that end so: `/records/bulk`,
    /// `/objects/deal/records`, or with names in braces as in the API's paths,
    /// `/objects/{object}/records/{id}`. `*` is any verb.
    pub fn on(mut self, verb: impl Into<String>, path: impl Into<String>) -> Self {
        self.verb = Some(verb.into()).filter(|verb| verb != "*");
        self.path = Some(path.into());
        self
    }

    /// Whether it can befall anyone.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let fail = |why: String| Err(Error::Setting(format!("fault: {why}")));
        if let Harm::Status(status) = self.harm
            && !(400..=599).contains(&status)
        {
            return fail(format!(
                "expected a status from 400 to 599, as in `status=429`, found `{status}`"
            ));
        }
        if let Some(share) = self.share.filter(|share| !(0.0..=1.0).contains(share)) {
            return fail(format!(
                "expected a share from 0 to 1, as in `share=0.1`, found `{share}`"
            ));
        }
        if self.nth == Some(0) {
            return fail("the first request is 1, as in `nth=1`, found `0`".to_owned());
        }
        let served = ["GET", "POST", "PUT", "PATCH", "DELETE"];
        if let Some(verb) = self.verb.as_deref().filter(|verb| !served.contains(verb)) {
            let verbs = "`GET`, `POST`, `PUT`, `PATCH` or `DELETE`";
            return fail(format!("expected {verbs}, as in `route=POST /records`, found `{verb}`"));
        }
        match self.path.as_deref().filter(|path| !path.starts_with('/')) {
            Some(path) => fail(format!(
                "expected a path that begins with `/`, as in `route=POST /records`, found `{path}`"
            )),
            None => Ok(()),
        }
    }
}
