//! Finding who answers: the path that is served, and what its verb does.
//!
//! What axum's router has beyond this is for routers of others' making: of each layer, method and
//! handler it makes a copy for every request, which took as long as to look a record up.

use std::pin::Pin;
use std::sync::Arc;

use axum::extract::Request;
use axum::handler::Handler;
use axum::http::header::ALLOW;
use axum::http::{HeaderValue, Method};
use axum::response::{IntoResponse as _, Response};

use super::App;
use super::error::Refused;

type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

type Handle = Box<dyn Fn(Request, Arc<App>) -> Answering + Send + Sync>;

/// A path that is served.
pub(super) struct Route {
    /// With the names of what differs in it, as `{id}`.
    pub(super) path: Arc<str>,
    /// The names in its parts; nothing where a part has none.
    names: Vec<String>,
    verbs: Vec<(Method, Handle)>,
    /// Whether who reads here is told the same until something is written.
    pub(super) is_kept: bool,
}

impl Route {
    pub(super) fn new(path: &str) -> Self {
        let name = |part: &str| part.strip_prefix('{')?.strip_suffix('}').map(str::to_owned);
        let names = path.split('/').map(|part| name(part).unwrap_or_default()).collect();
        Self { path: path.into(), names, verbs: Vec::new(), is_kept: false }
    }

    /// Has this verb answered by a function that takes what axum can extract from a request.
    pub(super) fn on<H, T>(mut self, verb: Method, handler: H) -> Self
    where
        H: Handler<T, Arc<App>, Future = Answering> + Sync,
    {
        let handle = move |request, app| handler.clone().call(request, app);
        self.verbs.push((verb, Box::new(handle)));
        self
    }

    /// Has what is answered to `GET` kept until something is written.
    pub(super) fn kept(mut self) -> Self {
        self.is_kept = true;
        self
    }

    /// What stands in a path at the place of this name, as it was sent.
    pub(super) fn part<'p>(&self, path: &'p str, name: &str) -> Option<&'p [u8]> {
        let place = self.names.iter().position(|named| named == name)?;
        path.as_bytes().split(|byte| *byte == b'/').nth(place)
    }

    fn handle(&self, verb: &Method) -> Option<&Handle> {
        // Whose body is not sent is known to who sends the answer.
        let verb = if verb == Method::HEAD { &Method::GET } else { verb };
        self.verbs.iter().find(|(of, _)| of == verb).map(|(_, handle)| handle)
    }

    fn refusal(&self, request: &Request) -> Response {
        let (path, verb) = (request.uri().path(), request.method());
        let mut refusal =
            Refused::new(405, format!("`{path}` does not take {verb}")).into_response();
        if let Ok(allowed) = HeaderValue::from_str(&self.allowed()) {
            refusal.headers_mut().insert(ALLOW, allowed);
        }
        refusal
    }

    fn allowed(&self) -> String {
        let verbs = self.verbs.iter().flat_map(|(verb, _)| match verb.as_str() {
            "GET" => vec!["GET", "HEAD"],
            verb => vec![verb],
        });
        verbs.collect::<Vec<_>>().join(",")
    }
}

/// All paths that are served.
pub(super) struct Router {
    pub(super) app: Arc<App>,
    routes: matchit::Router<Arc<Route>>,
}

impl Router {
    pub(super) fn new(app: Arc<App>, routes: Vec<Route>) -> Result<Self, matchit::InsertError> {
        let mut found = matchit::Router::new();
        for route in routes {
            found.insert(&*route.path.clone(), Arc::new(route))?;
        }
        Ok(Self { app, routes: found })
    }

    pub(super) fn find(&self, path: &str) -> Option<Arc<Route>> {
        self.routes.at(path).ok().map(|found| Arc::clone(found.value))
    }

    /// The answer of who is asked.
    pub(super) async fn answer(&self, route: Option<&Route>, request: Request) -> Response {
        let Some(route) = route else {
            let path = request.uri().path();
            return Refused::new(404, format!("there is no path `{path}`")).into_response();
        };
        match route.handle(request.method()) {
            Some(handle) => handle(request, Arc::clone(&self.app)).await,
            None => route.refusal(&request),
        }
    }
}
