//! Updates that have yet to be sent.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;

use super::operation::Sent;
use super::{Client, Explanation};
use crate::request::{Call, Calls, read};
use crate::{Batch, Error, IdOf, PatchOf, Record, RecordType};

/// An update that has yet to be sent: `.await` it for the record as it is afterwards.
///
/// For an empty patch nothing is sent, and there is no record in the answer.
#[must_use = "nothing is sent until it is awaited"]
pub struct Update<T> {
    client: Client,
    call: Option<Result<Call, Error>>,
    record: PhantomData<fn() -> T>,
}

impl<T: RecordType> Update<T> {
    pub(super) fn new(
        client: &Client,
        calls: &Calls<T>,
        id: &impl IdOf<T>,
        patch: &impl PatchOf<T>,
    ) -> Self {
        let patch = patch.patch();
        let call = (!patch.is_empty()).then(|| calls.update(id.id(), patch));
        Self { client: client.clone(), call, record: PhantomData }
    }

    /// What would be sent; nothing for an empty patch.
    ///
    /// # Errors
    ///
    /// When a value can't be sent; the error names its field.
    pub fn explain(self) -> Result<Option<Explanation>, Error> {
        let call = self.call.transpose()?;
        Ok(call.map(|call| Explanation::of(&self.client, &call)))
    }
}

impl<T: RecordType> IntoFuture for Update<T> {
    type Output = Result<Option<Record<T>>, Error>;
    type IntoFuture = Sent<Option<Record<T>>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let Some(call) = self.call else { return Ok(None) };
            self.client.send(&call?, read::record).await.map(Some)
        })
    }
}

impl<T> fmt::Debug for Update<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Update").field("call", &self.call).finish_non_exhaustive()
    }
}

/// The updates of a batch that have yet to be sent: `.await` them for the records as they are
/// afterwards, in order.
///
/// A record whose patch is empty is not sent, and there is nothing in its place; where all are
/// empty, nothing is sent.
#[must_use = "nothing is sent until it is awaited"]
pub struct BulkUpdate<T> {
    client: Client,
    call: Option<Result<Call, Error>>,
    /// Whether each item of the batch is sent.
    sent: Vec<bool>,
    record: PhantomData<fn() -> T>,
}

impl<T: RecordType> BulkUpdate<T> {
    pub(super) fn new(
        client: &Client,
        calls: &Calls<T>,
        batch: &Batch<(impl IdOf<T>, impl PatchOf<T>)>,
    ) -> Self {
        let sent = batch.iter().map(|(_, patch)| !patch.patch().is_empty()).collect();
        let items = batch.iter().filter(|(_, patch)| !patch.patch().is_empty());
        let items: Vec<_> = items.map(|(id, patch)| (id.id(), patch.patch())).collect();
        let call = Batch::try_from(items).ok().map(|batch| calls.bulk_update(&batch));
        Self { client: client.clone(), call, sent, record: PhantomData }
    }

    /// What would be sent; nothing where all patches are empty.
    ///
    /// # Errors
    ///
    /// When a value can't be sent; the error names its field.
    pub fn explain(self) -> Result<Option<Explanation>, Error> {
        let call = self.call.transpose()?;
        Ok(call.map(|call| Explanation::of(&self.client, &call)))
    }
}

impl<T: RecordType> IntoFuture for BulkUpdate<T> {
    type Output = Result<Vec<Option<Record<T>>>, Error>;
    type IntoFuture = Sent<Vec<Option<Record<T>>>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let sent = match self.call {
                Some(Ok(call)) => self.client.send(&call, read::records).await,
                Some(Err(error)) => Err(error),
                None => Ok(Vec::new()),
            };
            // The caller's places, and not those among the records that were sent.
            let places = self.sent.iter().enumerate().filter(|(_, sent)| **sent);
            let places: Vec<usize> = places.map(|(place, _)| place).collect();
            let records = sent.map_err(|error| error.with_places(&places))?;
            let mut records = records.into_iter();
            Ok(self.sent.into_iter().map(|sent| if sent { records.next() } else { None }).collect())
        })
    }
}

impl<T> fmt::Debug for BulkUpdate<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BulkUpdate").field("call", &self.call).finish_non_exhaustive()
    }
}
