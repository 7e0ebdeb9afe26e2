//! The one thread that writes. It takes the writes that wait, runs each so that it can be undone, commits
//! them together and only then answers: the disk is waited for once, not once a write.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;

use super::at_once::run;
use super::changes::Changes;
use super::counts::Counts;
use super::readers::Views;
use super::transaction::Undo;
use super::{Clock, StoreError, Transaction, sweep};

/// How many writes share a commit at most, which bounds how long the first of them waits.
const GROUP: usize = 128;

pub(super) struct Writer {
    /// None once the writer is being dropped.
    messages: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
    counts: Arc<Counts>,
}

enum Message {
    Write(Box<dyn Job>),
    Read(Box<dyn FnOnce(&Connection) + Send>),
    /// A read after which everything is as it was, so that views can be kept meanwhile.
    Look(Box<dyn FnOnce(&Connection) + Send>),
}

impl Writer {
    pub(super) fn start(
        connection: Connection,
        views: Views,
        counts: &Arc<Counts>,
        clock: &Arc<Clock>,
    ) -> Result<Self, StoreError> {
        let (messages, waiting) = mpsc::channel();
        let (counts, counted) = (Arc::clone(counts), Arc::clone(counts));
        let clock = Arc::clone(clock);
        let thread = thread::Builder::new()
            .name("clarify-writer".to_owned())
            .spawn(move || serve(&connection, &views, &waiting, &counted, &clock))
            .map_err(|error| StoreError::Layout(error.to_string()))?;
        Ok(Self { messages: Some(messages), thread: Some(thread), counts })
    }

    /// Runs `work` and hands its result to `answer` after the commit.
    pub(super) fn write<T, E>(
        &self,
        undo: Undo,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
        answer: impl FnOnce(Result<T, E>) + Send + 'static,
    ) -> Result<(), StoreError>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.send(Message::Write(Box::new(Task { undo, work: Some(work), result: None, answer })))
    }

    /// Runs `work`, which may put other records in the place of those that are there, between two
    /// commits.
    pub(super) fn read(
        &self,
        work: impl FnOnce(&Connection) + Send + 'static,
    ) -> Result<(), StoreError> {
        self.send(Message::Read(Box::new(work)))
    }

    /// Runs `work`, which changes nothing, between two commits.
    pub(super) fn look(
        &self,
        work: impl FnOnce(&Connection) + Send + 'static,
    ) -> Result<(), StoreError> {
        self.send(Message::Look(Box::new(work)))
    }

    fn send(&self, message: Message) -> Result<(), StoreError> {
        let messages = self.messages.as_ref().ok_or(StoreError::Stopped)?;
        self.counts.sent();
        messages.send(message).map_err(|_| StoreError::Stopped)
    }
}

impl Drop for Writer {
    /// What was sent before is still done.
    fn drop(&mut self) {
        self.messages = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(
    connection: &Connection,
    views: &Views,
    waiting: &Receiver<Message>,
    counts: &Counts,
    clock: &Clock,
) {
    // A service before this one may have left something.
    let mut is_clean = false;
    while let Some(first) = next(connection, views, waiting, &mut is_clean) {
        if let Message::Look(work) = first {
            counts.taken();
            run_read(connection, work);
        } else {
            is_clean = false;
            views.without(|| take(connection, first, waiting, counts, clock));
        }
    }
}

/// Takes a message, and those that wait behind it.
fn take(
    connection: &Connection,
    first: Message,
    waiting: &Receiver<Message>,
    counts: &Counts,
    clock: &Clock,
) {
    let mut group = Vec::new();
    let mut next = Some(first);
    while let Some(message) = next {
        counts.taken();
        match message {
            Message::Write(job) => group.push(job),
            Message::Read(work) | Message::Look(work) => {
                commit(connection, std::mem::take(&mut group), counts, clock);
                run_read(connection, work);
            }
        }
        next = if group.len() < GROUP { waiting.try_recv().ok() } else { None };
    }
    commit(connection, group, counts, clock);
}

/// The next message. Until one is there, what deleted objects left is swept away.
fn next(
    connection: &Connection,
    views: &Views,
    waiting: &Receiver<Message>,
    is_clean: &mut bool,
) -> Option<Message> {
    while !*is_clean {
        match waiting.try_recv() {
            Ok(message) => return Some(message),
            Err(TryRecvError::Disconnected) => return None,
            Err(TryRecvError::Empty) => *is_clean = !sweep_piece(connection, views),
        }
    }
    waiting.recv().ok()
}

/// Says whether there was something to sweep. What can't be swept now, for want of room on the disk, is
/// tried again after the next write.
fn sweep_piece(connection: &Connection, views: &Views) -> bool {
    let swept = sweep::next(connection).and_then(|left| match left {
        Some(object) => views.without(|| sweep::sweep(connection, object)).map(|()| true),
        None => Ok(false),
    });
    swept.unwrap_or_else(|error| {
        tracing::error!(target: "clarify_server", %error, "deleted records stay on the disk");
        false
    })
}

/// A panic in a read is its reader's alone, who learns of it by the missing answer.
fn run_read(connection: &Connection, work: Box<dyn FnOnce(&Connection) + Send>) {
    if catch_unwind(AssertUnwindSafe(|| work(connection))).is_err() {
        tracing::error!(target: "clarify_server", "a read panicked");
    }
}

/// Commits the writes of a group together. When that fails, all of them fail.
fn commit(connection: &Connection, mut group: Vec<Box<dyn Job>>, counts: &Counts, clock: &Clock) {
    if group.is_empty() {
        return;
    }
    let is_held = !connection.is_autocommit();
    let result = run_group(connection, &mut group, clock);
    match &result {
        Ok(records) => counts.committed(*records),
        Err(error) => {
            tracing::error!(target: "clarify_server", %error, writes = group.len(), "no commit");
            counts.failed();
            roll_back(connection, is_held);
        }
    }
    for job in group {
        job.answer(result.as_ref().err());
    }
}

fn roll_back(connection: &Connection, is_held: bool) {
    if connection.is_autocommit() {
        return;
    }
    let sql = if is_held { "ROLLBACK TO held; RELEASE held" } else { "ROLLBACK" };
    if let Err(error) = connection.execute_batch(sql) {
        tracing::error!(target: "clarify_server", %error, "no rollback");
    }
}

/// How many records were written. Where a transaction is held open (see [`super::layout`]) they are a
/// part of it.
fn run_group(
    connection: &Connection,
    group: &mut [Box<dyn Job>],
    clock: &Clock,
) -> Result<u64, StoreError> {
    let (begin, end) = if connection.is_autocommit() {
        ("BEGIN IMMEDIATE", "COMMIT")
    } else {
        ("SAVEPOINT held", "RELEASE held")
    };
    run(connection, begin)?;
    let mut changes = Changes::default();
    let mut transaction = Transaction::new(connection);
    for job in group {
        let (now, undo) = (clock.now(), job.undo());
        changes.merge(transaction.carry_out(now, undo, |transaction| job.run(transaction))?);
    }
    let records = changes.records;
    changes.write(connection)?;
    run(connection, end)?;
    Ok(records)
}

/// A write, whatever its result.
trait Job: Send {
    fn undo(&self) -> Undo;

    /// Does the work; false when nothing of it is to be kept.
    fn run(&mut self, transaction: &mut Transaction<'_>) -> bool;

    /// Answers: with the work's result, or with why its commit failed.
    fn answer(self: Box<Self>, failed: Option<&StoreError>);
}

struct Task<T, E, W, A> {
    undo: Undo,
    work: Option<W>,
    result: Option<Result<T, E>>,
    answer: A,
}

impl<T, E, W, A> Job for Task<T, E, W, A>
where
    T: Send,
    E: From<StoreError> + Send,
    W: FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send,
    A: FnOnce(Result<T, E>) + Send,
{
    fn undo(&self) -> Undo {
        self.undo
    }

    fn run(&mut self, transaction: &mut Transaction<'_>) -> bool {
        let Some(work) = self.work.take() else { return false };
        let result = catch_unwind(AssertUnwindSafe(|| work(transaction))).unwrap_or_else(|_| {
            Err(StoreError::Sql("the write failed in a way that was not foreseen".into()).into())
        });
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn answer(self: Box<Self>, failed: Option<&StoreError>) {
        let result = match (failed, self.result) {
            (Some(error), _) => Err(error.clone().into()),
            (None, Some(result)) => result,
            (None, None) => Err(StoreError::Stopped.into()),
        };
        (self.answer)(result);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::totals::Totals;
    use crate::store::{ObjectKey, Record, RecordKey, Share, layout, objects, page, records};

    const OBJECT: ObjectKey = ObjectKey(1);

    type Write = Box<dyn FnOnce(&mut Transaction<'_>) -> Result<RecordKey, StoreError> + Send>;

    /// A writer on a new file, and a commit that fails while `bad` holds a row.
    fn writer(folder: &tempfile::TempDir) -> Writer {
        let connection = layout::open_file(&folder.path().join("records.db")).unwrap();
        connection
            .execute_batch(
                "PRAGMA foreign_keys = ON;
                 CREATE TABLE none (id INTEGER PRIMARY KEY);
                 CREATE TABLE bad (id REFERENCES none DEFERRABLE INITIALLY DEFERRED);",
            )
            .unwrap();
        Writer::start(connection, Views::none(), &Arc::default(), &Arc::default()).unwrap()
    }

    fn insert(transaction: &mut Transaction<'_>, id: &str) -> Result<RecordKey, StoreError> {
        let key = transaction.next_key(OBJECT)?;
        let (id, attributes) = (id.to_owned(), "{}".to_owned());
        let record = Record { key, id, created_at: 0, updated_at: 0, attributes, merged_ids: None };
        transaction.insert(OBJECT, &record)?;
        Ok(key)
    }

    /// Sends the writes while the writer waits, so that they share a commit.
    fn together(writer: &Writer, writes: Vec<Write>) -> Vec<Result<RecordKey, StoreError>> {
        together_or(Undo::Alone, writer, writes)
    }

    fn together_or(
        undo: Undo,
        writer: &Writer,
        writes: Vec<Write>,
    ) -> Vec<Result<RecordKey, StoreError>> {
        let (open, gate) = mpsc::channel::<()>();
        writer.read(move |_| gate.recv().unwrap()).unwrap();
        let answers: Vec<_> = writes
            .into_iter()
            .map(|write| {
                let (sender, answer) = mpsc::channel();
                writer.write(undo, write, move |result| sender.send(result).unwrap()).unwrap();
                answer
            })
            .collect();
        open.send(()).unwrap();
        answers.into_iter().map(|answer| answer.recv().unwrap()).collect()
    }

    fn ids(writer: &Writer) -> (Vec<String>, u64) {
        let (sender, answer) = mpsc::channel();
        let window =
            page::Window { object: OBJECT, conditions: vec![], sort: None, limit: 100, offset: 0 };
        let read = move |reader: &Connection| {
            let share = Share::of(&Arc::default());
            page::read(reader, &Totals::default(), &share, &window, |record| record.to_record())
        };
        writer.read(move |reader| sender.send(read(reader)).unwrap()).unwrap();
        let (page, _) = answer.recv().unwrap().unwrap();
        (page.records.into_iter().map(|record| record.id).collect(), page.total)
    }

    #[test]
    fn a_write_that_fails_takes_no_other_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let writer = writer(&folder);
        let answers = together(
            &writer,
            vec![
                Box::new(|transaction| insert(transaction, "a")),
                Box::new(|transaction| {
                    insert(transaction, "b")?;
                    Err(StoreError::Stopped)
                }),
                Box::new(|transaction| {
                    insert(transaction, "c")?;
                    panic!("a mistake in the service")
                }),
                Box::new(|transaction| insert(transaction, "d")),
            ],
        );
        let good: Vec<_> = answers.iter().map(Result::is_ok).collect();
        assert_eq!(good, [true, false, false, true]);
        assert_eq!(ids(&writer), (vec!["a".to_owned(), "d".to_owned()], 2));
    }

    #[test]
    fn a_write_that_is_undone_with_its_group_fails_alone_as_long_as_it_has_written_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let writer = writer(&folder);
        let group = |id: &'static str, fails: Write| {
            let insert: Write = Box::new(move |transaction| insert(transaction, id));
            let answers = together_or(Undo::Together, &writer, vec![insert, fails]);
            answers.iter().map(Result::is_ok).collect::<Vec<_>>()
        };
        let early = Box::new(|transaction: &mut Transaction<'_>| {
            transaction.next_key(OBJECT)?;
            Err(StoreError::Stopped)
        });
        assert_eq!(group("a", early), [true, false]);
        let late = Box::new(|transaction: &mut Transaction<'_>| {
            insert(transaction, "c")?;
            Err(StoreError::Stopped)
        });
        assert_eq!(group("b", late), [false, false]);
        assert_eq!(ids(&writer), (vec!["a".to_owned()], 1));
    }

    #[test]
    fn a_commit_that_fails_fails_every_write_of_its_group() {
        let folder = tempfile::tempdir().unwrap();
        let writer = writer(&folder);
        let answers = together(
            &writer,
            vec![
                Box::new(|transaction| insert(transaction, "a")),
                Box::new(|transaction| {
                    transaction.connection().execute("INSERT INTO bad VALUES (7)", [])?;
                    insert(transaction, "b")
                }),
                Box::new(|transaction| insert(transaction, "c")),
            ],
        );
        assert!(answers.iter().all(Result::is_err), "{answers:?}");
        assert_eq!(ids(&writer), (vec![], 0));

        let after = together(&writer, vec![Box::new(|transaction| insert(transaction, "d"))]);
        assert_eq!(after[0].as_ref().unwrap().0, OBJECT.records().start() + 1);
        assert_eq!(ids(&writer), (vec!["d".to_owned()], 1));
    }

    #[test]
    fn a_full_disk_fails_a_write_and_the_writer_lives_on() {
        let folder = tempfile::tempdir().unwrap();
        let writer = writer(&folder);
        let fill = |transaction: &mut Transaction<'_>| {
            let pages: i64 = transaction
                .connection()
                .query_row("PRAGMA page_count", [], |row| row.get(0))
                .unwrap();
            transaction.connection().pragma_update(None, "max_page_count", pages)?;
            for number in 0..10_000 {
                insert(transaction, &format!("{number}"))?;
            }
            insert(transaction, "last")
        };
        let answers = together(&writer, vec![Box::new(fill)]);
        assert!(answers[0].is_err());
        assert_eq!(ids(&writer), (vec![], 0));
        let after = together(
            &writer,
            vec![Box::new(|transaction| {
                transaction.connection().pragma_update(None, "max_page_count", 1_000_000)?;
                insert(transaction, "a")
            })],
        );
        assert!(after[0].is_ok(), "{after:?}");
        assert_eq!(ids(&writer).1, 1);
    }

    #[test]
    fn what_deleted_objects_left_is_swept_away_by_the_next_writer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records.db");
        let connection = layout::open_file(&path).unwrap();
        let (object, _) = objects::put(&connection, "acme", "c_gone", None, "{}").unwrap();
        let mut transaction = Transaction::new(&connection);
        let key = transaction.next_key(object).unwrap();
        let (id, attributes) = ("a".to_owned(), "{}".to_owned());
        let record = Record { key, id, created_at: 0, updated_at: 0, attributes, merged_ids: None };
        transaction.insert(object, &record).unwrap();
        transaction.remove_object(object).unwrap();
        drop(transaction);
        let _writer =
            Writer::start(connection, Views::none(), &Arc::default(), &Arc::default()).unwrap();
        let reader = layout::open_reader(&path, 0).unwrap();
        while records::find(&reader, object, "a").unwrap().is_some() {
            thread::yield_now();
        }
    }

    #[test]
    fn what_was_sent_is_done_before_the_writer_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let writer = writer(&folder);
        for number in 0..50 {
            let write =
                move |transaction: &mut Transaction<'_>| insert(transaction, &format!("{number}"));
            writer.write(Undo::Alone, write, |result| assert!(result.is_ok())).unwrap();
        }
        drop(writer);
        let reader = layout::open_reader(&folder.path().join("records.db"), 0).unwrap();
        assert!(records::find(&reader, OBJECT, "49").unwrap().is_some());
    }
}
