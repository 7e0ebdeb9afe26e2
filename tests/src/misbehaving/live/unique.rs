//! Creates without `match_on`: a unique value that exists is refused, where the service would take
//! the record for an update.

use std::collections::HashSet;
use std::io;

use bytes::Bytes;
use clarify_attributes::item_key;
use clarify_schema::{Decimal, Field, Kind};
use http::header::{AUTHORIZATION, HOST, USER_AGENT};
use http::{HeaderMap, Method, StatusCode};
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Call, body, json, refusal};
use crate::misbehaving::message::{Request, Response};
use crate::misbehaving::target::Target;
use crate::misbehaving::upstream::Behind;

/// The unique values of a create's records, each of which must be new.
pub(super) struct Claims<'c> {
    field: &'c Field,
    /// For each record that has any, its place in the batch and its values.
    records: Vec<(Option<usize>, HashSet<String>)>,
}

impl<'c> Claims<'c> {
    /// None where the service does right by itself.
    pub(super) fn read(call: &'c Call<'_>) -> Option<Self> {
        let field = call.object.unique_field().filter(|_| call.target.operation.creates())?;
        let document = body::read(call.body)?;
        if document.get("match_on").is_some_and(|name| name.get() != "null") {
            return None;
        }
        let data = document.get("data")?;
        let records: Vec<_> = match json::list(data) {
            Some(records) => (0..).map(Some).zip(records).collect(),
            None => vec![(None, data.clone())],
        };
        let values = |record: &RawValue| values(field, record);
        let records = records.iter().map(|(place, record)| (*place, values(record)));
        Some(Self { field, records: records.filter(|(_, values)| !values.is_empty()).collect() })
    }

    /// The refusal of the first record with a value that exists, at the service or before it in the
    /// batch.
    pub(super) async fn refusal(
        &self,
        request: &Request,
        call: &Call<'_>,
        behind: &mut Behind<'_>,
    ) -> io::Result<Option<Response>> {
        let mut before = HashSet::new();
        for (place, values) in &self.records {
            for value in values {
                if before.contains(value) || self.exists(value, request, call, behind).await? {
                    return Ok(Some(self.taken(*place)));
                }
            }
            before.extend(values.iter());
        }
        Ok(None)
    }

    fn taken(&self, place: Option<usize>) -> Response {
        let place = place.map(|place| format!("/{place}")).unwrap_or_default();
        let pointer = format!("/data{place}/attributes/{}", self.field.name);
        let detail = format!("a record with this `{}` exists", self.field.name);
        refusal::invalid(StatusCode::BAD_REQUEST, &pointer, &detail)
    }

    /// A value that can't be looked for is left for the service to refuse.
    async fn exists(
        &self,
        value: &str,
        request: &Request,
        call: &Call<'_>,
        behind: &mut Behind<'_>,
    ) -> io::Result<bool> {
        let answer = behind.look_up(&self.lookup(value, request, call)).await?;
        let page: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        Ok(page["meta"]["total_records"].as_u64().is_some_and(|total| total > 0))
    }

    fn lookup(&self, value: &str, request: &Request, call: &Call<'_>) -> Request {
        let operator = if self.field.kind.is_collection() { "Contains" } else { "Is" };
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair(&format!("filter[{}][{operator}]", self.field.name), value);
        query.append_pair("page[limit]", "1");
        let Target { base, object, .. } = call.target;
        Request {
            method: Method::GET,
            target: format!("{base}{object}/resources?{}", query.finish()),
            headers: headers(&request.headers),
            body: Bytes::new(),
            keeps_open: true,
        }
    }
}

/// Those of the client's headers without which the service refuses to look.
fn headers(of_client: &HeaderMap) -> HeaderMap {
    let names = [HOST, AUTHORIZATION, USER_AGENT];
    names
        .into_iter()
        .filter_map(|name| Some((name.clone(), of_client.get(&name)?.clone())))
        .collect()
}

/// What a record is known by, in the form in which two of them are compared.
fn values(field: &Field, record: &RawValue) -> HashSet<String> {
    let value = json::members(record.get())
        .and_then(|record| json::members(record.get("attributes")?.get()))
        .and_then(|attributes| attributes.get(&*field.name).cloned());
    let Some(value) = value else { return HashSet::new() };
    let texts = match serde_json::from_str(value.get()) {
        Ok(Value::String(text)) => vec![text],
        Ok(Value::Number(_)) if field.kind == Kind::Number => number(&value),
        Ok(Value::Object(members)) => items(members.get("items")),
        _ => Vec::new(),
    };
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}

/// The value counts, not how it is written.
fn number(value: &RawValue) -> Vec<String> {
    let number = value.get().parse::<Decimal>();
    number.map(|number| number.to_string()).into_iter().collect()
}

fn items(items: Option<&Value>) -> Vec<String> {
    let items = items.and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).map(item_key).collect()
}
