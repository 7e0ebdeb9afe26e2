//! Bodies of requests, as the service is sent them.

use bytes::Bytes;
use clarify_schema::Object;
use serde_json::value::RawValue;

use super::Live;
use super::json::{self, Members};

/// The body with the service's ids in it. What can't be read is left for the service to refuse.
pub(super) fn kept(live: &Live, object: &Object, body: &Bytes) -> Bytes {
    let Some(mut document) = read(body) else { return body.clone() };
    json::change(&mut document, "data", |data| {
        Some(json::each_record(data, |record| resource(live, object, record)))
    });
    json::change(&mut document, "items", |items| ids(live, object, items));
    json::of_members(&document).get().to_owned().into()
}

pub(super) fn read(body: &[u8]) -> Option<Members> {
    json::members(std::str::from_utf8(body).ok()?)
}

/// Whether the one record of a body says which it is.
pub(super) fn names_record(body: &[u8]) -> bool {
    let data = read(body).and_then(|document| json::members(document.get("data")?.get()));
    // What is no record at all has another fault, which the service finds.
    data.is_none_or(|data| data.get("id").is_some_and(|id| id.get() != "null"))
}

fn resource(live: &Live, object: &Object, mut record: Members) -> Members {
    json::change(&mut record, "id", |id| Some(own_id(live, object, id)));
    json::change(&mut record, "attributes", |attributes| {
        let attributes = json::members(attributes.get())?;
        Some(json::of_members(&linked(live, object, attributes)))
    });
    record
}

fn own_id(live: &Live, object: &Object, id: &RawValue) -> Box<RawValue> {
    match json::text(id) {
        Some(id) => json::of_text(&live.kept_id(object, &id)),
        None => id.to_owned(),
    }
}

fn ids(live: &Live, object: &Object, items: &RawValue) -> Option<Box<RawValue>> {
    let items = json::list(items)?;
    let kept: Vec<_> = items.iter().map(|id| own_id(live, object, id)).collect();
    Some(json::of_list(&kept))
}

fn linked(live: &Live, object: &Object, mut attributes: Members) -> Members {
    for field in &*object.fields {
        let Some(target) = live.objects.linked(field) else { continue };
        json::change(&mut attributes, &field.name, |id| {
            let kept = live.ids.kept(target.id_prefix(), &json::text(id)?)?;
            Some(json::of_text(&kept))
        });
    }
    attributes
}
