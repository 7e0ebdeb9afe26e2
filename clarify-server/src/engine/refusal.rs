//! Why a request is refused.

use std::fmt::Display;

use clarify_attributes::Problem;

use crate::store::{ROOM, StoreError};

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The HTTP status that the API gives it.
    pub(crate) status: u16,
    /// Where in the body it is, as a JSON pointer.
    pub(crate) pointer: Option<String>,
    /// What it is, in words.
    pub(crate) detail: String,
}

impl Fault {
    pub(crate) fn new(status: u16, detail: impl Into<String>) -> Self {
        Self { status, pointer: None, detail: detail.into() }
    }

    pub(crate) fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// A value in the body that is not what it should be.
    pub(crate) fn invalid(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(422, detail).at(pointer)
    }

    /// A problem of the attributes that stand at `attributes` in the body.
    pub(crate) fn of_attribute(problem: Problem, attributes: impl Display) -> Self {
        let pointer = format!("{attributes}{}", problem.pointer);
        Self::new(problem.status, problem.detail).at(pointer)
    }

    /// The pointer and what is wrong there, in one line.
    pub(crate) fn line(&self) -> String {
        match &self.pointer {
            Some(pointer) if !pointer.is_empty() => format!("{pointer}: {}", self.detail),
            _ => self.detail.clone(),
        }
    }
}

/// A request that is refused, with everything that is wrong with it. Nothing of it was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) faults: Vec<Fault>,
    /// Whether it is only that the object's schema has changed since the request read it: done again
    /// with the new one, the request may succeed.
    is_stale: bool,
}

impl Refusal {
    pub(super) const fn is_stale(&self) -> bool {
        self.is_stale
    }

    /// Another request changes a schema at the same time.
    pub(super) fn schema_is_modified() -> Self {
        Fault::new(409, "Schema is being modified by another request. Please retry.").into()
    }

    /// The status of the whole answer: 422 if any fault has it, else 400 if any has that.
    pub(crate) fn status(&self) -> u16 {
        let has = |status| self.faults.iter().any(|fault| fault.status == status);
        let first = self.faults.first().map_or(500, |fault| fault.status);
        [422, 400].into_iter().find(|status| has(*status)).unwrap_or(first)
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        vec![fault].into()
    }
}

impl From<Vec<Fault>> for Refusal {
    fn from(faults: Vec<Fault>) -> Self {
        Self { faults, is_stale: false }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        if matches!(error, StoreError::Stale) {
            return Self { is_stale: true, ..Self::schema_is_modified() };
        }
        let is_failure = !matches!(error, StoreError::TooLarge | StoreError::Full);
        if is_failure {
            tracing::error!(target: "clarify_server", %error, "a request failed");
        }
        let fault = match error {
            StoreError::TooLarge => {
                let detail = format!("the answer would be larger than {} MiB", ROOM >> 20);
                Fault::new(400, format!("{detail}: ask for fewer records with `page[limit]`"))
            }
            StoreError::Full => {
                Fault::new(503, "there is no room now for another large answer: ask again")
            }
            StoreError::Stopped => Fault::new(503, "the service is stopping"),
            StoreError::Sql(_) | StoreError::Layout(_) | StoreError::Stale | StoreError::Long => {
                Fault::new(500, "the records could not be read or written; nothing was changed")
            }
        };
        fault.into()
    }
}

/// What was found, or everything that is wrong.
pub(super) fn all<T>(results: Vec<Result<T, Vec<Fault>>>) -> Result<Vec<T>, Refusal> {
    let mut good = Vec::with_capacity(results.len());
    let mut faults = Vec::new();
    for result in results {
        match result {
            Ok(value) => good.push(value),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(good) } else { Err(faults.into()) }
}

/// The result, unless there is one thing more that is wrong.
pub(super) fn with<T>(fault: Option<Fault>, result: Result<T, Refusal>) -> Result<T, Refusal> {
    with_all(fault.into_iter().collect(), result)
}

/// Both, or everything that is wrong with either.
pub(super) fn and(one: Result<(), Refusal>, other: Result<(), Refusal>) -> Result<(), Refusal> {
    match one {
        Err(refusal) if !refusal.is_stale => with_all(refusal.faults, other),
        Err(refusal) => Err(refusal),
        Ok(()) => other,
    }
}

/// The result, unless there is more that is wrong. What is only stale is to be done again.
pub(super) fn with_all<T>(
    mut faults: Vec<Fault>,
    result: Result<T, Refusal>,
) -> Result<T, Refusal> {
    match result {
        Err(refusal) if refusal.is_stale => return Err(refusal),
        Ok(value) if faults.is_empty() => return Ok(value),
        Ok(_) => {}
        Err(refusal) => faults.extend(refusal.faults),
    }
    Err(faults.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_of_many_faults_is_422_then_400_then_the_first() {
        let status = |statuses: &[u16]| {
            let faults: Vec<_> = statuses.iter().map(|s| Fault::new(*s, "x")).collect();
            Refusal::from(faults).status()
        };
        assert_eq!(status(&[400, 422, 409]), 422);
        assert_eq!(status(&[409, 400]), 400);
        assert_eq!(status(&[404, 404]), 404);
    }
}
