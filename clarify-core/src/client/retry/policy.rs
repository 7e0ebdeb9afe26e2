//! How often, how long and how quickly to try.

use std::time::Duration;

/// How often and how long a call is tried, and how long the waits between the tries are.
///
/// *Whether* a call may be tried again is no matter of policy. A failure that nothing was written
/// by is followed by another try: the service could not be reached (`is_connect`), has no room
/// (429), or is busy with its schema (409). After one that may have been received (no answer, half
/// an answer, 5xx), the calls are repeated that come to the same when they are done twice: reads,
/// updates by id, deletions, upserts on a unique field. A create without match never is.
///
/// The wait before a try is drawn from between nothing and a limit that doubles each time (full
/// jitter), so that many clients don't come back at once. A `Retry-After` is waited for.
///
/// ```
/// use std::time::Duration;
/// use clarify_core::RetryPolicy;
///
/// let impatient = RetryPolicy::new().tries(2).total_time(Duration::from_secs(5));
/// let never = RetryPolicy::never();
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    pub(super) tries: u32,
    pub(super) total_time: Duration,
    pub(super) first_wait: Duration,
    pub(super) longest_wait: Duration,
    pub(super) spends_budget: bool,
    /// How often to try against 500, which one bad record can cause each time.
    pub(super) tries_of_500: u32,
}

impl RetryPolicy {
    /// Up to 5 tries within 2 minutes, with waits from 0.2 to 20 seconds.
    pub const fn new() -> Self {
        Self {
            tries: 5,
            total_time: Duration::from_secs(120),
            first_wait: Duration::from_millis(200),
            longest_wait: Duration::from_secs(20),
            spends_budget: true,
            tries_of_500: u32::MAX,
        }
    }

    /// For work without anybody waiting, such as an import: any number of tries within 10 minutes (4
    /// against 500, which one bad record can cause each time), whatever the other calls of the client
    /// do.
    pub const fn patient() -> Self {
        Self {
            tries: u32::MAX,
            total_time: Duration::from_secs(600),
            spends_budget: false,
            tries_of_500: 4,
            ..Self::new()
        }
    }

    /// One try, and no other.
    pub const fn never() -> Self {
        Self { tries: 1, ..Self::new() }
    }

    /// How often a call is sent at most, the first time counted.
    pub const fn tries(self, tries: u32) -> Self {
        Self { tries, ..self }
    }

    /// How long a call may take with all its tries and waits. A try that would begin later is not
    /// made; one that has begun may end later.
    pub const fn total_time(self, total_time: Duration) -> Self {
        Self { total_time, ..self }
    }

    /// The limit of the first wait, and of any.
    pub const fn waits(self, first: Duration, longest: Duration) -> Self {
        Self { first_wait: first, longest_wait: longest, ..self }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}
