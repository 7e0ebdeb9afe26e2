//! Records that were deleted not long ago.

use std::sync::Arc;

use super::query::{self, Query};
use super::render::Form;
use super::time::{self, Times};
use super::{Engine, Fault, Listing, Parameter, Refusal, Served, Shown};
use crate::store::Slice;

impl Engine {
    /// The page of deleted records that the parameters ask for, the last one first.
    pub(crate) async fn deleted(
        &self,
        object: &Arc<Served>,
        parameters: &[Parameter],
    ) -> Result<Listing, Refusal> {
        let (query, mut faults) = query::read(parameters, self.contract);
        faults.extend(query.faults_beyond_pages());
        if parameters.iter().any(|parameter| parameter.name == "include") {
            faults.push(Fault::new(400, "`include` is not a parameter of this list"));
        }
        let (fieldsets, wrong) = self.fieldsets(parameters);
        faults.extend(wrong);
        if !faults.is_empty() {
            return Err(faults.into());
        }
        let Query { limit, offset, .. } = query;
        let (key, since) = (object.key, self.store.clock().now() - time::DELETED_KEPT);
        let read = self.store.read(move |view| view.deleted(key, since, Slice { limit, offset }));
        let (deleted, _share) = read.await?;
        let selection = fieldsets.of(&object.object.name);
        let (mut records, mut times) = (String::new(), Times::new(self.contract.second_digits));
        let mut form = Form::new(&object.object, selection, self.contract, &mut times);
        for (record, moment) in &deleted.records {
            if !records.is_empty() {
                records.push(',');
            }
            form.push_deleted(&mut records, record.borrowed(), *moment);
        }
        let shown = Shown { records, included: None };
        Ok(Listing { shown, total: deleted.total, limit, offset })
    }
}
