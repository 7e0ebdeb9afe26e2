//! Cases end in a panic where a service does otherwise: here that becomes one line.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::{Mutex, PoisonError};

use futures_util::FutureExt as _;

/// The longest line that a panic becomes, in characters.
const LONGEST: usize = 400;

/// Where the last panic was.
static PLACE: Mutex<Option<String>> = Mutex::new(None);

/// Lets panics be noted, and no more be shown.
pub fn quiet() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| format!("{}:{}", place.file(), place.line()));
        *PLACE.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }));
}

/// What a future comes to, or what its panic says in one line.
pub(super) async fn caught<T>(future: impl Future<Output = T>) -> Result<T, String> {
    AssertUnwindSafe(future).catch_unwind().await.map_err(|panic| line(&*panic))
}

fn line(panic: &(dyn Any + Send)) -> String {
    let text = match (panic.downcast_ref::<String>(), panic.downcast_ref::<&str>()) {
        (Some(text), _) => text,
        (_, Some(text)) => *text,
        _ => "a panic without words",
    };
    let words: Vec<_> = text.split_whitespace().collect();
    let mut line: String = words.join(" ").chars().take(LONGEST).collect();
    if let Some(place) = PLACE.lock().unwrap_or_else(PoisonError::into_inner).take() {
        line.push_str(&format!(" ({place})"));
    }
    line
}
