//! What an import does with its items.

use http::Method;

use super::parcel::Part;
use crate::Error;
use crate::error::Context;
use crate::object::ObjectRef;
use crate::request::{Answer, Call, read, write};

/// What an import does with its items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    Create,
    Upsert,
    Update,
    Delete,
}

impl Work {
    /// The call that does it to these items of a batch with this JSON.
    pub(super) fn call(
        self,
        object: &ObjectRef,
        parts: &[Part],
        json: &[u8],
    ) -> Result<Call, Error> {
        let mut records = parts.iter().map(|part| part.json_in(json));
        let ids = parts.iter().map(Part::id);
        match self {
            Self::Create => write::create_encoded(object, &mut records, false),
            Self::Upsert => write::create_encoded(object, &mut records, true),
            Self::Update => {
                let manners = parts.iter().flat_map(Part::manners);
                write::update_encoded(object, &mut ids.zip(records), manners)
            }
            Self::Delete => Ok(write::delete_many(object, ids)),
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
        let call = match self {
            Self::Create | Self::Upsert => write::bulk(object),
            Self::Update => write::on_records(Method::PATCH, object),
            Self::Delete => write::on_records(Method::DELETE, object),
        };
        call.context()
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
