//! What has changed between two states of a record.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::change::{Change, Manner};
use super::{Clearable, Patch};
use crate::ClarifyObject;
use crate::codec::Encoded;
use crate::error::Problem;
use crate::value::Mismatch;

impl<T: ClarifyObject> Patch<T> {
    /// The patch that makes `new` of `old`: it sets the fields that differ, clears those that `new`
    /// no longer has, and mentions no other. Fields that only the service writes are left alone.
    ///
    /// ```
    /// # use clarify_core::{ClarifyObject, Patch};
    /// # #[derive(Clone, ClarifyObject)]
    /// # #[clarify(object = "person")]
    /// # struct Person { name: Option<String>, title: Option<String>, email_addresses: Vec<String> }
    /// # let old = Person { name: Some("Taylor".into()), title: Some("VP".into()), email_addresses: vec![] };
    /// let new = Person { title: None, email_addresses: vec!["t@example.com".into()], ..old.clone() };
    /// assert_eq!(
    ///     Patch::between(&old, &new).to_string(),
    ///     r#"{"email_addresses":{"items":["t@example.com"]},"title":null}"#,
    /// );
    /// assert!(Patch::between(&old, &old).is_empty());
    /// ```
    pub fn between(old: &T, new: &T) -> Self {
        let (old, _) = State::of(old);
        let (new, problems) = State::of(new);
        let is_bad = |name: &str| {
            problems.iter().any(|problem| problem.pointer.trim_start_matches('/') == name)
        };
        let set = new.fields().filter(|(name, json)| old.get(name) != Some(json));
        let cleared = old.fields().filter(|(name, _)| new.get(name).is_none() && !is_bad(name));
        let set = set.map(|(name, json)| change(name, json.to_owned()));
        let cleared = cleared.map(|(name, _)| change(name, cleared_form::<T>(name).to_owned()));
        let bad = problems.iter().map(bad);
        Self::of(set.chain(cleared).chain(bad).collect())
    }
}

/// The attributes of a record, a field at a time.
struct State(BTreeMap<String, Box<RawValue>>);

impl State {
    fn of<T: ClarifyObject>(record: &T) -> (Self, Vec<Problem>) {
        let (encoded, problems) = Encoded::what_fits(record, T::OBJECT);
        let json = str::from_utf8(&encoded.json).unwrap_or_default();
        (Self(serde_json::from_str(json).unwrap_or_default()), problems)
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|json| json.get())
    }

    fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, json)| (name.as_str(), json.get()))
    }
}

fn change(name: &str, json: String) -> Change {
    Change { name: name.to_owned().into(), manner: Manner::Replace, json: Ok(json) }
}

/// A value that can't be sent is reported when the patch is.
fn bad(problem: &Problem) -> Change {
    let name = problem.pointer.trim_start_matches('/').to_owned().into();
    Change { name, manner: Manner::Replace, json: Err(Mismatch::new(&*problem.detail)) }
}

fn cleared_form<T: ClarifyObject>(name: &str) -> &'static str {
    match T::OBJECT.field(name) {
        Some(field) if field.kind.is_collection() => <Vec<String>>::CLEARED,
        _ => <Option<String>>::CLEARED,
    }
}
