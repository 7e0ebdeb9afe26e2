//! The schemas of the workspace's objects, by the page.

use clarify_schema::{Object, write_schema};
use serde_json::{Value, json};

use super::query::read_limit;
use super::{Engine, Fault, Parameter, Refusal, Served};

/// How many schemas a page shows at most.
pub(crate) const PAGE: u64 = 100;

/// A page of schemas.
pub(crate) struct Schemas {
    /// The schemas, as JSON:API resources.
    pub(crate) resources: Vec<Value>,
    /// Where the next page begins; nothing after the last one.
    pub(crate) next: Option<String>,
    pub(crate) limit: u64,
}

impl Engine {
    /// The page of schemas that the parameters ask for: the built-in objects first, then the others
    /// in the order in which they were made.
    pub(crate) fn schemas(&self, parameters: &[Parameter]) -> Result<Schemas, Refusal> {
        let all = self.objects.all();
        let limit = limit(parameters)?;
        let begin = begin(parameters, &all)?;
        let page: Vec<_> = all.iter().skip(begin).zip(0..limit).map(|(served, _)| served).collect();
        let more = begin + page.len() < all.len();
        let last = page.last().map(|served| served.key.0.to_string());
        Ok(Schemas {
            resources: page.into_iter().map(|served| resource(&served.object)).collect(),
            next: last.filter(|_| more),
            limit,
        })
    }
}

fn limit(parameters: &[Parameter]) -> Result<u64, Fault> {
    let name = "page[limit]";
    last(parameters, name).map_or(Ok(PAGE), |value| read_limit(name, value, PAGE))
}

/// A cursor is the key of the last object of the page before, which may be gone by now.
fn begin(parameters: &[Parameter], all: &[std::sync::Arc<Served>]) -> Result<usize, Fault> {
    let Some(cursor) = last(parameters, "page[cursor]") else { return Ok(0) };
    let key: i64 = cursor.parse().map_err(|_| {
        Fault::new(400, format!("`page[cursor]`: `{cursor}` is not from a page of schemas"))
    })?;
    Ok(all.iter().take_while(|served| served.key.0 <= key).count())
}

fn last<'p>(parameters: &'p [Parameter], name: &str) -> Option<&'p str> {
    let mut named = parameters.iter().rev().filter(|parameter| parameter.name == name);
    named.next().map(|parameter| &*parameter.value)
}

/// An object's schema as a JSON:API resource.
pub(super) fn resource(object: &Object) -> Value {
    let schema = write_schema(object);
    json!({ "type": "schema", "id": schema.get("$id"), "attributes": schema })
}
