//! Sending a call, as often as it takes and may be done.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tracing::{Instrument as _, Span};

use super::rate::{Admitted, Rates};
use super::retry::{Budget, RetryPolicy, Tries};
use super::transport::{Transport, TransportError};
use super::{Background, Clock, trace};
use crate::Error;
use crate::request::{Answer, ApiKey, Call, Endpoint, read, write};

/// How the answer of a call becomes what the caller wants.
pub(crate) type Read<A> = fn(&Call, &Answer) -> Result<A, Error>;

/// Takes an answer; an error is one of the try's, as if no such answer had come.
type Take<'t> = &'t mut (dyn FnMut(&Answer) -> Result<(), Error> + Send);

/// Is told of every failed try that is to be followed by another.
pub(crate) type OnRetry<'t> = &'t mut (dyn FnMut(&Error, Duration) + Send);

/// What all calls of a client go through.
#[derive(Clone, Debug)]
pub(crate) struct Sender {
    pub(super) endpoint: Endpoint,
    pub(super) key: ApiKey,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) policy: RetryPolicy,
    pub(super) budget: Arc<Budget>,
    pub(super) rates: Arc<Rates>,
    /// Whether there are tasks, which go on by themselves: where the transport is Tokio's.
    pub(super) has_tasks: bool,
}

impl Sender {
    /// The same, for calls in a task that is there already, with a clock made of this one's.
    pub(crate) fn within_task<C: Clock>(&self, clock: impl FnOnce(Arc<dyn Clock>) -> C) -> Self {
        let clock = Arc::new(clock(Arc::clone(&self.clock)));
        Self { has_tasks: false, clock, ..self.clone() }
    }

    /// Begins a piece of work, which goes on by itself where there are tasks.
    pub(crate) fn begin<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Background<T> {
        #[cfg(not(target_arch = "wasm32"))]
        if self.has_tasks {
            return Background::task(work);
        }
        Background::here(work)
    }

    /// Sends a call, and reads its answer. `maybe_done` says whether what it does may have been done
    /// already, by a call whose answer was lost.
    pub(crate) async fn send<A: Send>(
        &self,
        call: &Call,
        read: Read<A>,
        policy: &RetryPolicy,
        maybe_done: bool,
        on_retry: OnRetry<'_>,
    ) -> Result<A, Error> {
        let mut read_answer = None;
        let mut take = |answer: &Answer| {
            read_answer = Some(read(call, answer)?);
            Ok(())
        };
        let tries = Tries::begin(policy, self.clock.instant(), maybe_done);
        self.try_until_done(call, tries, &mut take, on_retry).await?;
        read_answer.ok_or_else(|| Error::config("the call was answered, and nothing read"))
    }

    async fn try_until_done(
        &self,
        call: &Call,
        mut tries: Tries<'_>,
        take: Take<'_>,
        on_retry: OnRetry<'_>,
    ) -> Result<(), Error> {
        loop {
            let admitted = self.wait_for_rate(call, &tries).await;
            let span = trace::span(call, &self.endpoint, tries.count());
            let result = self.try_once(call, &tries, &span, take).instrument(span.clone()).await;
            drop(admitted);
            let Err(error) = result else {
                self.budget.earn();
                return Ok(());
            };
            trace::failed(&span, &error);
            // The try ends here, and not after the wait for the next one.
            drop(span);
            let now = self.clock.instant();
            match tries.after(call, &error, now, &self.budget) {
                Some(wait) => {
                    trace::retry(call, &error, wait);
                    on_retry(&error, wait);
                    self.clock.sleep(wait).await;
                }
                None => return Err(error.after(call, tries.count(), tries.maybe_done())),
            }
        }
    }

    async fn try_once(
        &self,
        call: &Call,
        tries: &Tries<'_>,
        span: &Span,
        take: Take<'_>,
    ) -> Result<(), Error> {
        let request = call.to_http(&self.endpoint, &self.key)?;
        trace::sending(call, &self.endpoint);
        let sent = self.deliver(request).await;
        let response = sent.map_err(|error| call.error(error.into_cause()))?;
        let mut answer = self.answer(response, tries.maybe_done());
        trace::answered(span, &answer);
        self.rates.learn(call, &answer, self.clock.instant());
        // What an earlier try may have deleted is not there any more, as it should be.
        if answer.repeated && is_deleted(call, &answer) {
            answer.status = 204;
            answer.body = Bytes::new();
        }
        let taken = take(&answer);
        // A proxy may show what it was sent. That costs nothing where all goes well.
        let shown = taken.as_ref().err().and_then(|_| self.key.cut_out_of(&answer.body));
        let taken = match shown {
            Some(body) => take(&Answer { body, ..answer }),
            None => taken,
        };
        taken.map_err(|error| self.key.keep_out_of(error))
    }

    /// A caller that is at something else meanwhile, such as the page before, keeps neither the
    /// request nor its timeout waiting.
    async fn deliver(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        if !self.has_tasks {
            return self.transport.send(request).await;
        }
        let transport = Arc::clone(&self.transport);
        self.begin(async move { transport.send(request).await }).await?
    }

    fn answer(&self, response: http::Response<Bytes>, repeated: bool) -> Answer {
        let (head, body) = response.into_parts();
        let mut answer = Answer::new(head.status.as_u16(), body);
        (answer.headers, answer.at) = (head.headers, self.clock.timestamp());
        answer.repeated = repeated;
        answer
    }

    /// Waits for a place in the rate of the call's route. Where that would take longer than the call
    /// may, it is sent all the same: the service has the last word.
    async fn wait_for_rate(&self, call: &Call, tries: &Tries<'_>) -> Option<Admitted<'_>> {
        loop {
            let now = self.clock.instant();
            match self.rates.admit(call, now) {
                Ok(admitted) => return Some(admitted),
                Err(wait) if wait < tries.time_left(now) => self.clock.sleep(wait).await,
                Err(_) => return None,
            }
        }
    }
}

/// Whether an answer says that nothing is left to delete. Of a batch, it has to name all its records:
/// where it names some of them, the others are still there, as an earlier try would have deleted all.
fn is_deleted(call: &Call, answer: &Answer) -> bool {
    call.is_deletion() && answer.status == 404 && {
        let ids = write::items_of(call);
        ids.len() <= 1 || read::names_all(answer, &ids)
    }
}
