//! Why writes can't be applied, and where in the body they stand.

use super::attributes::cleared;
use super::{Fault, Refusal, Served};
use crate::store::{ROOM, Record, StoreError};

/// Why a write can't be applied.
pub(super) enum Trouble {
    /// It collides with another record, in its unique field.
    Collision(String),
    /// It would make a record without these required fields.
    Missing(Vec<String>),
    /// It would take the last value of these required fields.
    Cleared(Vec<String>),
    /// It would make a record with more attributes than an answer has room for.
    TooLong,
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Trouble {
    /// Another record has the value of the unique field.
    pub(super) fn taken(served: &Served, holder: &Record) -> Self {
        let (id, field) = (&holder.id, unique_name(served));
        Self::Collision(format!("`{id}` has this value of the unique field `{field}`"))
    }

    /// The values of the unique field belong to more than one record.
    pub(super) fn ambiguous(served: &Served, holders: &[Record]) -> Self {
        let ids = holders.iter().map(|record| &*record.id).collect::<Vec<_>>().join("` and `");
        let field = unique_name(served);
        Self::Collision(format!("the values of `{field}` belong to `{ids}`"))
    }

    /// The faults of the record that stands at `at` in the body.
    pub(super) fn at(self, at: &str, served: &Served) -> Result<Vec<Fault>, StoreError> {
        let pointer = |field: &str| format!("{at}/attributes/{field}");
        let unique = unique_name(served);
        match self {
            Self::Store(error) => Err(error),
            Self::Collision(detail) => Ok(vec![Fault::new(400, detail).at(pointer(unique))]),
            Self::TooLong => Ok(vec![too_long().at(format!("{at}/attributes"))]),
            Self::Missing(fields) => {
                let fault = |field: &String| {
                    Fault::invalid(pointer(field), format!("`{field}` is required"))
                };
                Ok(fields.iter().map(fault).collect())
            }
            Self::Cleared(fields) => {
                let at = format_args!("{at}/attributes");
                Ok(fields.iter().map(|field| cleared(field, at)).collect())
            }
        }
    }
}

fn unique_name(served: &Served) -> &str {
    served.object.unique_field().map_or("", |field| &*field.name)
}

pub(super) fn too_long() -> Fault {
    Fault::new(400, format!("the record would be larger than {} MiB", ROOM >> 20))
}

/// Applies each item that could be read, so that the faults of all are found; if there is one,
/// nothing is kept.
pub(super) fn apply_all<T, R>(
    items: impl IntoIterator<Item = Result<T, Vec<Fault>>>,
    served: &Served,
    at: impl Fn(usize) -> String,
    mut apply: impl FnMut(T) -> Result<R, Trouble>,
) -> Result<Vec<R>, Refusal> {
    let items = items.into_iter();
    let (mut done, mut faults) = (Vec::with_capacity(items.size_hint().0), Vec::new());
    for (index, item) in items.enumerate() {
        match item.map(&mut apply) {
            Ok(Ok(result)) => done.push(result),
            Ok(Err(trouble)) => faults.extend(trouble.at(&at(index), served)?),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(done) } else { Err(faults.into()) }
}
