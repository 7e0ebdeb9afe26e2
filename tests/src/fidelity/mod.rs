//! What the page on fidelity says beside the list of cases: the endpoints of the API, and the rules
//! that a case on one running service can't show.

mod endpoints;
mod rules;

pub use endpoints::{ADDITIONS, Addition, ENDPOINTS, Endpoint, MISSING, Missing};
pub use rules::{RULES, Rule, Shown};
