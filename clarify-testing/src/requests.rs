//! The requests that a workspace received.

use std::fmt;
use std::ops::Deref;

use clarify_server::Request;

/// The requests that a workspace received, in order; a slice of [`Request`]s. As a text it is a line
/// for each, to be shown by an assertion.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), clarify_testing::Error> {
/// # use clarify_core::ClarifyObject;
/// # #[derive(ClarifyObject)]
/// # struct Ticket { number: Option<String> }
/// let test = clarify_testing::workspace().object::<Ticket>().open().await?;
/// test.records::<Ticket>().list().limit(5).await?;
///
/// let requests = test.requests();
/// assert_eq!(requests.count("GET /objects/{object}/resources"), 1, "{requests}");
/// assert_eq!(requests[0].parameter("page[limit]").as_deref(), Some("5"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requests(pub(crate) Vec<Request>);

impl Requests {
    /// How many are of this route: a verb and the end of a path, as it was sent or as its pattern.
    /// The verb may be left out.
    #[must_use]
    pub fn count(&self, route: &str) -> usize {
        self.to(route).count()
    }

    /// Those that are of this route.
    pub fn to(&self, route: &str) -> impl Iterator<Item = &Request> {
        self.0.iter().filter(move |request| request.is(route))
    }
}

impl Deref for Requests {
    type Target = [Request];

    fn deref(&self) -> &[Request] {
        &self.0
    }
}

impl IntoIterator for Requests {
    type Item = Request;
    type IntoIter = std::vec::IntoIter<Request>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Requests {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|request| writeln!(f, "{request}"))
    }
}
