//! Answers to reads, kept until something is written: who asks the same again is told the same, and
//! nothing is looked up for it.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::asked::Asked;
use super::document::Answer;
use super::pieces::Pieces;
use super::router::Router;
use crate::store::Moment;

/// What a workspace keeps unless it is told otherwise, in bytes.
pub(crate) const MOST: usize = 16 << 20;

/// Of all that is kept, one answer takes no larger part than this.
const PART: usize = 8;

/// What is kept of an answer beside its bytes takes about so many.
const FRAME: usize = 224;

/// The answers of one workspace.
pub(super) struct Answers {
    most: usize,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// All of them are of what was there at this moment.
    moment: Option<Moment>,
    bytes: usize,
    bodies: HashMap<Vec<u8>, Pieces>,
}

/// What is asked, and when.
struct Question<'a> {
    answers: &'a Answers,
    moment: Moment,
    /// All that an answer depends on: the path and the query, and the host, which links begin with.
    key: Vec<u8>,
}

impl Answers {
    pub(super) fn new(most: usize) -> Self {
        Self { most, kept: Mutex::default() }
    }

    /// What was answered to this at this moment.
    fn find(&self, moment: Moment, key: &[u8]) -> Option<Pieces> {
        self.lock().find(moment, key).cloned()
    }

    /// Keeps what was answered. Where there is no room for it what was kept before goes: it may be
    /// what nobody asks for any more.
    fn keep(&self, moment: Moment, key: Vec<u8>, body: &Pieces) {
        let bytes = key.len() + body.length() + FRAME;
        if bytes > self.most / PART {
            return;
        }
        let body = body.copied();
        let mut kept = self.lock();
        // It may have been read so slowly that later answers are kept by now.
        if kept.moment > Some(moment) || kept.find(moment, &key).is_some() {
            return;
        }
        let is_over = kept.moment < Some(moment) || kept.bytes + bytes > self.most;
        let old = is_over.then(|| kept.begin(moment));
        kept.bytes += bytes;
        kept.bodies.insert(key, body);
        // What goes is much memory in small pieces: others look meanwhile.
        drop(kept);
        drop(old);
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn find(&self, moment: Moment, key: &[u8]) -> Option<&Pieces> {
        self.bodies.get(key).filter(|_| self.moment == Some(moment))
    }

    /// Begins anew, and gives up what was kept.
    fn begin(&mut self, moment: Moment) -> Self {
        std::mem::replace(self, Self { moment: Some(moment), ..Self::default() })
    }
}

impl<'a> Question<'a> {
    /// None where the answer is not to be kept.
    fn of(asked: &'a Asked, request: &Request) -> Option<Self> {
        let is_kept = asked.route.as_ref().is_some_and(|route| route.is_kept);
        let workspace = asked.workspace().filter(|_| is_kept && request.method() == Method::GET)?;
        let answers = Some(&workspace.answers).filter(|answers| answers.most > 0)?;
        let moment = workspace.engine.moment()?;
        let target = request.uri().path_and_query().map_or("", |target| target.as_str());
        let host = request.headers().get(header::HOST).map_or(&b""[..], |host| host.as_bytes());
        Some(Self { answers, moment, key: [target.as_bytes(), host].join(&b' ') })
    }

    /// The answer to who asked this before.
    fn answered(&self) -> Option<Response> {
        let body = self.answers.find(self.moment, &self.key)?;
        Some(Answer::from(body).into_response())
    }

    /// Keeps what is answered now.
    async fn keep(self, response: Response) -> Response {
        if response.status() != StatusCode::OK {
            return response;
        }
        match Pieces::of(response.into_body()).await {
            Ok(body) => {
                self.answers.keep(self.moment, self.key, &body);
                Answer::from(body).into_response()
            }
            Err(refused) => refused.into_response(),
        }
    }
}

/// The answer that was given before, or that of who is asked.
pub(super) async fn answer(router: &Router, asked: &Asked, request: Request) -> Response {
    let route = asked.route.as_deref();
    let Some(question) = Question::of(asked, &request) else {
        return router.answer(route, request).await;
    };
    match question.answered() {
        Some(answer) => {
            router.app.metrics.again();
            answer
        }
        None => question.keep(router.answer(route, request).await).await,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::Synchronous;
    use crate::store::{Place, Store};

    const ROOM: usize = 8000;

    fn body(length: usize) -> Pieces {
        Pieces::from([vec![b'x'; length]])
    }

    /// Answers of which each of these was kept at this moment, one after the other.
    fn kept(moment: Moment, keys: &[&str], length: usize) -> Answers {
        let answers = Answers::new(ROOM);
        keys.iter().for_each(|key| answers.keep(moment, key.as_bytes().to_vec(), &body(length)));
        answers
    }

    /// A moment after each write.
    fn moments<const N: usize>() -> [Moment; N] {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::File(folder.path().join("records.db"));
        let store = Store::open(&place, Synchronous::Normal, &Arc::default()).unwrap();
        [(); N].map(|()| {
            store
                .write_blocking(|transaction| transaction.put_object("acme", "a", None, "{}"))
                .unwrap();
            std::iter::repeat_with(|| store.moment()).flatten().next().unwrap()
        })
    }

    #[test]
    fn what_was_answered_is_known_until_something_is_written() {
        let [first, second] = moments();
        assert_ne!(first, second);
        let answers = kept(first, &["a", "b"], 5);
        assert_eq!(answers.find(first, b"a").unwrap().length(), 5);
        assert!(answers.find(first, b"b").is_some() && answers.find(first, b"c").is_none());
        assert!(answers.find(second, b"a").is_none());
        answers.keep(second, b"b".to_vec(), &body(6));
        // What is read late says nothing of what is there now, and takes the place of none.
        answers.keep(first, b"c".to_vec(), &body(5));
        assert!(answers.find(second, b"c").is_none() && answers.find(first, b"c").is_none());
        assert_eq!(answers.find(second, b"b").unwrap().length(), 6);
    }

    #[test]
    fn what_is_kept_has_so_much_room() {
        let [moment] = moments();
        let length = ROOM / PART - FRAME - 1;
        let full = kept(moment, &["1", "2", "3", "4", "5", "6", "7", "8"], length);
        assert!(full.find(moment, b"1").is_some());
        full.keep(moment, b"8".to_vec(), &body(length));
        assert!(full.find(moment, b"1").is_some(), "the same is not counted twice");
        full.keep(moment, b"9".to_vec(), &body(length));
        assert!(full.find(moment, b"1").is_none() && full.find(moment, b"9").is_some());
        let large = kept(moment, &["1"], length + 1);
        assert!(large.find(moment, b"1").is_none());
    }
}
