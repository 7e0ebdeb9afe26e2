//! What an import does with its items.

use bytes::Bytes;
use http::Method;

use super::parcel::Part;
use crate::Error;
use crate::error::Context;
use crate::object::ObjectRef;
use crate::request::{Answer, Call, read, write};
use crate::value::write_text;

/// What an import does with its items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    Create,
    Upsert,
    Update,
    Delete,
}

impl Work {
    /// What stands before an item in the body of a call.
    pub(super) const fn before_item(self, is_first: bool) -> &'static [u8] {
        match self {
            _ if !is_first => b",",
            Self::Create | Self::Upsert | Self::Update => write::RECORDS_BEGIN,
            Self::Delete => write::IDS_BEGIN,
        }
    }

    pub(super) fn write_item(self, body: &mut Vec<u8>, object: &str, id: &str, attributes: &[u8]) {
        match self {
            Self::Create | Self::Upsert => write::write_resource(body, object, None, attributes),
            Self::Update => write::write_resource(body, object, Some(id), attributes),
            Self::Delete => write_text(body, id),
        }
    }

    /// What stands behind the last of these items.
    pub(super) fn end_body(self, body: &mut Vec<u8>, object: &ObjectRef, parts: &[Part]) {
        body.push(b']');
        match self {
            Self::Create | Self::Upsert => write::end_create(body, object, self == Self::Upsert),
            Self::Update => {
                let mut manners = Vec::new();
                for part in parts {
                    let agreed = write::agree(&mut manners, part.manners());
                    debug_assert!(agreed.is_ok(), "those that do not agree are in other batches");
                }
                write::end_update(body, &manners);
            }
            Self::Delete => body.push(b'}'),
        }
    }

    /// The body that has these items of a batch, and no others; `whole` has them all.
    pub(super) fn body_of(self, object: &ObjectRef, parts: &[Part], whole: &[u8]) -> Vec<u8> {
        let mut body = Vec::new();
        for (place, part) in parts.iter().enumerate() {
            body.extend_from_slice(self.before_item(place == 0));
            body.extend_from_slice(part.json_in(whole));
        }
        self.end_body(&mut body, object, parts);
        body
    }

    /// The call with this body, of so many items.
    pub(super) fn call(self, object: &ObjectRef, body: Bytes, count: usize) -> Call {
        let records = (self != Self::Delete).then_some(count);
        Call { body, records, ..self.call_without_body(object) }
    }

    fn call_without_body(self, object: &ObjectRef) -> Call {
        match self {
            Self::Create | Self::Upsert => write::bulk(object).repeatable(self == Self::Upsert),
            Self::Update => write::on_records(Method::PATCH, object),
            Self::Delete => write::on_records(Method::DELETE, object),
        }
    }

    /// The records that an answer says are written, in the order of the items.
    pub(super) fn read(call: &Call, answer: &Answer) -> Result<Vec<read::Written>, Error> {
        if call.is_deletion() {
            return read::nothing(call, answer).map(|()| Vec::new());
        }
        read::written(call, answer)
    }

    /// The call that is meant, for an item that does not get as far as one.
    pub(super) fn context(self, object: &ObjectRef) -> Context {
        self.call_without_body(object).context()
    }

    /// Whether doing it twice would make two records.
    pub(super) const fn is_sent_once(self) -> bool {
        matches!(self, Self::Create)
    }

    /// Whether an unknown id is one item's fault; else 404 says that there is no such object.
    pub(super) const fn has_ids(self) -> bool {
        matches!(self, Self::Update | Self::Delete)
    }
}
