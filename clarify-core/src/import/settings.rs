//! An import that has yet to begin.

use std::cell::OnceCell;
use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, IntoFuture, poll_fn};
use std::io;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use super::batch::{OnEvent, Run};
use super::lanes::Lanes;
use super::outcomes::{Keep, Prepare, Settings};
use super::queue::Queue;
use super::unit::Prepared;
use super::{Checkpoint, Event, Outcomes, Progress, Report, Source, Stopped, Work};
use crate::request::Calls;
use crate::{Client, RecordType, RetryPolicy};

/// An import that has yet to begin: any number of records, to be created, upserted, changed or
/// deleted by the batch. `.await` it for a [`Report`] (or for [`Stopped`] with one, where it had to
/// stop before the end), or see what becomes of each record with
/// [`outcomes`](Self::outcomes).
///
/// Each item of the source ends in exactly one [`End`](super::End), and they are given out in the
/// order of the source. A record that is refused does not sink the 24 beside it: they are sent again
/// without it, or in halves where the service does not say which it was. Items that share a unique
/// value, or are of the same record, are never under way together: the later one has the last word.
///
/// It rides out what can get better, as its [`RetryPolicy`] says, and stops at once on what can't,
/// such as a key that is not taken (401).
///
/// ```no_run
/// # use clarify_core::{Client, ClarifyObject};
/// # use clarify_core::import::{End, Event};
/// # #[derive(Debug, ClarifyObject)]
/// # #[clarify(object = "company")]
/// # struct Company { name: Option<String>, #[clarify(unique)] domains: Vec<String> }
/// # async fn example(clarify: Client, companies: Vec<Company>) -> Result<(), clarify_core::Error> {
/// let mut outcomes = clarify
///     .records::<Company>()
///     .import(&companies)
///     .concurrency(16)
///     .on_event(|event| {
///         if let Event::Progress(progress) = event {
///             eprint!("\r{} records", progress.total());
///         }
///     })
///     .outcomes();
/// while let Some(imported) = outcomes.next().await {
///     if let End::Refused(error) = imported.end {
///         eprintln!("{:?}: {error}", imported.item.name);
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent until it is awaited"]
pub struct Import<'s, T, R> {
    client: Client,
    calls: Calls<T>,
    work: Work,
    source: Source<'s, R>,
    prepare: Prepare<R>,
    policy: RetryPolicy,
    settings: Settings,
    checkpoint: Checkpoint,
    on_event: Option<OnEvent>,
    keep: Option<Keep>,
}

impl<'s, T: RecordType, R> Import<'s, T, R> {
    pub(crate) fn new(
        client: &Client,
        calls: &Calls<T>,
        work: Work,
        source: Source<'s, R>,
        prepare: impl Fn(&R, Vec<u8>) -> Prepared + Send + 'static,
    ) -> Self {
        Self {
            client: client.clone(),
            calls: calls.clone(),
            work,
            source,
            prepare: Box::new(prepare),
            policy: RetryPolicy::patient(),
            settings: Settings { concurrency: 8, is_dry: false },
            checkpoint: Checkpoint::default(),
            on_event: None,
            keep: None,
        }
    }

    /// How many batches are under way at the same time: 8 where nothing else is said. Four times as
    /// many batches of items are in memory at most. With 1 alone the records are written in the order of
    /// the source: no item passes another that has to wait.
    pub fn concurrency(mut self, batches: usize) -> Self {
        self.settings.concurrency = batches.max(1);
        self
    }

    /// How often and how long a batch is tried: [`RetryPolicy::patient`] where nothing else is said.
    /// Where that is over and the service still can't be reached, the import stops.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Is told of what happens.
    pub fn on_event(mut self, handler: impl FnMut(Event<'_>) + Send + 'static) -> Self {
        self.on_event = Some(Box::new(handler));
        self
    }

    /// Keeps where the import stands, so that it survives the program: before each batch is sent, with
    /// that batch in [`sent`](Checkpoint::sent). Where it can't be kept the import stops, and the
    /// batch is not sent.
    pub fn keep(
        mut self,
        keep: impl FnMut(&Checkpoint) -> io::Result<()> + Send + 'static,
    ) -> Self {
        self.keep = Some(Box::new(keep));
        self
    }

    /// Goes on where an earlier run of the same source stood. The items that were done then are
    /// passed over, and are not given out again.
    pub fn resume(mut self, checkpoint: Checkpoint) -> Self {
        self.checkpoint = checkpoint;
        self
    }

    /// Sends nothing: each item ends as [`Valid`](super::End::Valid), or as refused where its object's
    /// schema finds something wrong. What only the service knows, such as whether a value is taken,
    /// is not looked at.
    pub fn dry_run(mut self) -> Self {
        self.settings.is_dry = true;
        self
    }

    /// What becomes of each item, in order. Nothing is sent until the first is asked for.
    pub fn outcomes(self) -> Outcomes<'s, T, R> {
        let object = self.calls.object_ref().clone();
        let run = Arc::new(Run::new(&self.client, object, self.work, self.policy, self.on_event));
        Outcomes {
            lanes: Lanes::new(&run, self.settings.concurrency),
            sender: self.client.sender().clone(),
            run,
            source: Some(self.source),
            prepare: self.prepare,
            settings: self.settings,
            keep: self.keep,
            items: VecDeque::new(),
            open: VecDeque::new(),
            queue: Queue::default(),
            next: 0,
            done: self.checkpoint.done,
            finished: self.checkpoint.finished.clone(),
            checkpoint: OnceCell::new(),
            before: self.checkpoint,
            progress: Progress::default(),
            told: 0,
            in_a_row: 0,
            record: PhantomData,
        }
    }
}

impl<'s, T: RecordType, R: Send + 's> IntoFuture for Import<'s, T, R> {
    type Output = Result<Report<T, R>, Stopped<T, R>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 's>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let mut outcomes = self.outcomes();
            let mut report = Report::default();
            let mut imported_so_far = 1..;
            while poll_fn(|cx| outcomes.poll_end(cx)).await {
                outcomes.give_to(&mut report);
                // Where nothing is sent, because the import has stopped or all is refused here, nothing
                // waits, and others would have to.
                if imported_so_far.next().is_some_and(|count: u64| count.is_multiple_of(1024)) {
                    yield_now().await;
                }
            }
            report.progress = outcomes.progress();
            report.checkpoint = outcomes.checkpoint().clone();
            match outcomes.stopped() {
                Some(error) => Err(Stopped { error, report }),
                None => Ok(report),
            }
        })
    }
}

/// Lets others go on, and is woken at once.
async fn yield_now() {
    let mut is_first = true;
    poll_fn(|cx| {
        if std::mem::replace(&mut is_first, false) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(())
    })
    .await;
}

impl<T, R> fmt::Debug for Import<'_, T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Import")
            .field("calls", &self.calls)
            .field("work", &self.work)
            .field("policy", &self.policy)
            .field("settings", &self.settings)
            .field("checkpoint", &self.checkpoint)
            .finish_non_exhaustive()
    }
}
