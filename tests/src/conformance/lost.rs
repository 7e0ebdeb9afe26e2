//! What was made by requests whose answers were lost: it is looked for, and noted with the rest.

use clarify_schema::{BUILT_INS, custom_object_name};
use http::Method;
use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::ledger::{Ledger, Lost, Made, each};
use super::scene::{fields, send};
use crate::World;

/// How many records are looked at in one request.
const PAGE: usize = 100;

/// Notes what requests without an answer have made. `there` are the objects that the workspace had
/// before. Where nothing can be found out they stay what they are.
pub(super) async fn look(world: &World, ledger: &Ledger, there: &[String]) {
    let mut of_records: IndexMap<String, Vec<Lost>> = IndexMap::new();
    for lost in ledger.take_unsure() {
        match lost.made() {
            Made::Nothing => {}
            Made::Object(label) => {
                if find_object(world, ledger, there, label).await.is_err() {
                    ledger.is_unsure(lost);
                }
            }
            Made::Records(object, _) => {
                of_records.entry(object.to_owned()).or_default().push(lost);
            }
        }
    }
    for (object, all) in of_records {
        match find_records(world, ledger, &object, &all).await {
            Ok(candidates) if candidates.is_empty() => {}
            Ok(candidates) => {
                all.into_iter().for_each(|lost| ledger.is_unsure(lost.with(candidates.clone())));
            }
            Err(_) => all.into_iter().for_each(|lost| ledger.is_unsure(lost)),
        }
    }
}

/// Notes which records are there already, of those that could be taken for the run's.
pub(super) async fn see_others(world: &World, ledger: &Ledger) -> Result<(), String> {
    for object in BUILT_INS {
        let found = recent(world, ledger, &object.name).await?;
        found.iter().for_each(|record| ledger.is_others(record));
    }
    Ok(())
}

async fn find_object(
    world: &World,
    ledger: &Ledger,
    there: &[String],
    label: &str,
) -> Result<(), String> {
    let now = fields(world).await?;
    // A label that makes no name has made no object.
    let name = custom_object_name(label).unwrap_or_default();
    if now.contains_key(&name) && !there.contains(&name) {
        ledger.note_object(&name);
    }
    Ok(())
}

/// Notes the records that were sent. Where there are more that could be them, these are given: then
/// somebody else has made some.
async fn find_records(
    world: &World,
    ledger: &Ledger,
    object: &str,
    lost: &[Lost],
) -> Result<Vec<String>, String> {
    let known = ledger.left();
    if known.objects.iter().any(|name| name == object) {
        // They go with their object.
        return Ok(Vec::new());
    }
    let sent = lost.iter().flat_map(|lost| match lost.made() {
        Made::Records(_, sent) => sent.into_iter().map(attributes).collect(),
        _ => Vec::new(),
    });
    let sent: Vec<_> = sent.collect();
    let is_new = |record: &Value| {
        !known.records.iter().any(|(_, id)| record["id"] == **id)
            && sent.iter().any(|sent| fits(sent, &record["attributes"]))
    };
    let mut found = recent(world, ledger, object).await?;
    found.retain(is_new);
    if found.len() > sent.len() {
        let id = |record: &Value| record["id"].as_str().map(str::to_owned);
        return Ok(found.iter().filter_map(id).collect());
    }
    found.iter().for_each(|record| ledger.note_record(object, record));
    Ok(Vec::new())
}

/// What a record is made from, its links to one other record among them.
fn attributes(sent: &Value) -> Map<String, Value> {
    let links = sent["relationships"].as_object().into_iter().flatten();
    let links = links.map(|(name, link)| (name.clone(), link["data"]["id"].clone()));
    let mut all = sent["attributes"].as_object().cloned().unwrap_or_default();
    all.extend(links);
    all
}

/// The records of an object that are no older than the run, the last one first.
async fn recent(world: &World, ledger: &Ledger, object: &str) -> Result<Vec<Value>, String> {
    let (mut found, mut read) = (Vec::new(), 0);
    loop {
        let path = format!(
            "/objects/{object}/resources?sortOrder[column]=_created_at&sortOrder[dir]=DESC\
             &page[limit]={PAGE}&page[offset]={read}",
        );
        let (status, page) = send(world, Method::GET, &path, None).await?;
        match status {
            200 => {}
            404 => return Ok(found),
            _ => return Err(format!("GET {path}: {status}")),
        }
        let page: Vec<_> = each(&page["data"]).filter(|record| ledger.is_recent(record)).collect();
        // Others' records stand among the run's.
        let ours = page.iter().filter(|record| !ledger.is_anothers(record));
        found.extend(ours.map(|record| Value::clone(record)));
        read += page.len();
        if page.len() < PAGE {
            return Ok(found);
        }
    }
}

/// Whether a record shows what was sent, and nothing else.
fn fits(sent: &Map<String, Value>, shown: &Value) -> bool {
    let is_sent = |(name, value): (&String, &Value)| {
        name.starts_with('_') || value.is_null() || sent.contains_key(name)
    };
    shown.as_object().into_iter().flatten().all(is_sent)
        && sent.iter().all(|(name, value)| fits_value(value, &shown[name]))
}

fn fits_value(sent: &Value, shown: &Value) -> bool {
    let is_empty = |value: &Value| value["items"].as_array().is_some_and(Vec::is_empty);
    match (sent, shown) {
        // A name is shown in the contract's form, whichever it was sent in.
        (Value::String(_), Value::Object(name)) => name.get("full_name") == Some(sent),
        (Value::Object(name), Value::String(_)) => name.get("full_name") == Some(shown),
        (Value::Number(sent), Value::Number(shown)) => sent.as_f64() == shown.as_f64(),
        (Value::Null, _) | (_, Value::Null) => sent.is_null() && shown.is_null() || is_empty(sent),
        // What is sent twice is kept once.
        (Value::Object(sent), Value::Object(shown)) => {
            match (sent.get("items"), shown.get("items")) {
                (Some(sent), Some(shown)) => {
                    each(shown).all(|item| each(sent).any(|sent| sent == item))
                }
                _ => shown
                    .iter()
                    .filter(|(_, part)| !part.is_null())
                    .all(|(name, part)| name == "full_name" || sent.get(name) == Some(part)),
            }
        }
        _ => sent == shown,
    }
}

#[cfg(test)]
mod tests {
    use clarify_server::{Seed, Server};
    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn the_runs_records_are_found_behind_one_of_somebody_elses() {
        let server = Server::builder().workspace("acme").api_key("key").start().unwrap();
        let title = r#"{"title": "CTO"}"#;
        let of_run = (0..PAGE + 20).map(|n| Seed::new(format!("per_{n}"), title));
        server.seed("person", [Seed::new("per_ana", title)]).unwrap();
        server.seed("person", of_run).unwrap();
        server.seed("person", [Seed::new("per_ben", title)]).unwrap();
        let (world, ledger) = (World::at(server.url(), "acme", "key"), Ledger::new());
        let others = ["per_ana", "per_ben"];
        others.into_iter().for_each(|id| ledger.is_others(&json!({ "id": id })));
        let found = recent(&world, &ledger, "person").await.unwrap();
        assert_eq!(found.len(), PAGE + 20);
        assert!(others.iter().all(|id| found.iter().all(|record| record["id"] != **id)));
    }

    #[test]
    fn a_record_is_known_by_all_that_was_sent() {
        let name = json!({ "first_name": "Ana", "last_name": null, "full_name": "Ana" });
        let body = json!({
            "attributes": { "name": "Ana", "labels": { "items": ["a", "a"] }, "title": null },
            "relationships": { "company_id": { "data": { "type": "company", "id": "com_1" } } },
        });
        let shown = json!({
            "name": name, "labels": { "items": ["a"] }, "title": null, "company_id": "com_1",
            "_created_at": "2024-03-01T12:00:00Z",
        });
        let sent = attributes(&body);
        assert!(fits(&sent, &shown));
        for (field, value) in
            [("title", json!("CTO")), ("name", json!("Ben")), ("company_id", Value::Null)]
        {
            let mut other = shown.clone();
            other[field] = value;
            assert!(!fits(&sent, &other), "{other}");
        }
    }
}
