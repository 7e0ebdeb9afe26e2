//! The workspaces that are open, and whose keys open them.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::answers::Answers;
use super::auth::ApiKey;
use super::journal::Journal;
use super::rate::{Rates, Usage};
use crate::Fault;
use crate::engine::Engine;
use crate::fault::Rule;

/// A workspace as requests find it. Its rates end with it.
pub(crate) struct Hosted {
    /// What it is called in the paths.
    pub(crate) name: String,
    pub(crate) engine: Arc<Engine>,
    pub(super) rates: RwLock<Rates>,
    /// What goes wrong in it on purpose, besides what does in the whole service.
    pub(super) faults: RwLock<Vec<Rule>>,
    /// What was answered lately.
    pub(super) answers: Answers,
    /// What it was asked, where that is to be kept.
    pub(crate) journal: Option<Arc<Journal>>,
    /// Each request holds it for its time, and shares it with the others.
    pub(crate) gate: Arc<tokio::sync::RwLock<()>>,
}

impl Hosted {
    /// Counts anew, and refuses what is over the limit.
    pub(crate) fn limit(&self, requests: u32) {
        *self.rates.write().unwrap_or_else(PoisonError::into_inner) = Rates::new(requests, true);
    }

    /// Counts a request to an endpoint.
    pub(super) fn count(&self, endpoint: impl FnOnce() -> String) -> Usage {
        let rates = self.rates.read().unwrap_or_else(PoisonError::into_inner);
        rates.count(endpoint, || self.engine.clock().passed())
    }

    /// Lets one more thing go wrong.
    pub(crate) fn befall(&self, fault: Fault) {
        self.faults.write().unwrap_or_else(PoisonError::into_inner).push(Rule::new(fault));
    }

    /// Lets nothing go wrong any more.
    pub(crate) fn spare(&self) {
        self.faults.write().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// All that are open, by their names.
#[derive(Default)]
pub(crate) struct Workspaces(RwLock<Open>);

#[derive(Default)]
struct Open {
    hosted: HashMap<String, Arc<Hosted>>,
    /// Each key with the name of a workspace that it opens.
    keys: Vec<(ApiKey, String)>,
}

/// Where a request may go.
pub(super) enum Admission {
    /// Its path is in no workspace.
    Outside,
    /// Its key, if it has one, is nobody's.
    Stranger,
    /// Its key is good, but not here.
    Elsewhere,
    /// Into this workspace.
    Inside(Arc<Hosted>),
}

impl Workspaces {
    /// Lets requests with these keys into a workspace; false when there is one of this name.
    pub(super) fn open(&self, hosted: Arc<Hosted>, keys: &[ApiKey]) -> bool {
        let mut open = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let name = hosted.name.clone();
        if open.hosted.contains_key(&name) {
            return false;
        }
        open.keys.extend(keys.iter().map(|key| (key.clone(), name.clone())));
        open.hosted.insert(name, hosted);
        true
    }

    /// Forgets a workspace. Requests that are in it are answered.
    pub(crate) fn close(&self, name: &str) {
        let mut open = self.0.write().unwrap_or_else(PoisonError::into_inner);
        open.keys.retain(|(_, opened)| opened != name);
        open.hosted.remove(name);
    }

    /// Where a request with this key may go whose path names this workspace. Each key is compared,
    /// whether or not another was the right one: the time tells nothing of them.
    pub(super) fn admit(&self, given: Option<&str>, name: &str) -> Admission {
        let Some(given) = given else { return Admission::Stranger };
        let open = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (mut is_known, mut is_inside) = (false, false);
        for (key, opened) in &open.keys {
            if key.is(given) {
                is_known = true;
                is_inside |= opened == name;
            }
        }
        if !is_known {
            return Admission::Stranger;
        }
        let hosted = open.hosted.get(name).filter(|_| is_inside);
        hosted.map_or(Admission::Elsewhere, |hosted| Admission::Inside(Arc::clone(hosted)))
    }
}
