//! What the cases find when they begin, and that nothing is there when they are over.

use std::time::Duration;

use clarify_schema::{BUILT_INS, Object, write_schema};
use http::Method;
use indexmap::IndexMap;
use serde_json::{Value, json};

use super::{Ledger, Left, lost};
use crate::World;
use crate::objects;

/// How long a request may be under way when everything else is over.
const PATIENCE: Duration = Duration::from_secs(60);

/// How many records one request deletes.
const TOGETHER: usize = 100;

/// The custom objects that the cases share.
pub fn custom_objects() -> impl Iterator<Item = &'static Object> {
    objects::ALL.iter().copied().filter(|object| object.name.starts_with("c_"))
}

/// What a workspace has of schemas: the fields of each object.
pub(super) type Fields = IndexMap<String, Vec<String>>;

/// How often it is asked for what may have failed by chance.
const TRIES: usize = 8;

/// The status of an answer and its document.
pub(super) async fn send(
    world: &World,
    method: Method,
    path: &str,
    body: Option<Value>,
) -> Result<(u16, Value), String> {
    let line = format!("{method} {path}");
    let mut request = world.request(method, path);
    if let Some(body) = body {
        request = request.header("Content-Type", "application/json").body(body.to_string());
    }
    let answer =
        request.send().await.map_err(|error| format!("{line}: {}", error.without_url()))?;
    let status = answer.status().as_u16();
    let document: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
    if status == 401 || status >= 500 {
        let detail = document["errors"][0]["detail"].as_str().unwrap_or_default();
        return Err(format!("{line}: {status} {detail}"));
    }
    Ok((status, document))
}

/// The objects of the workspace and their fields.
pub(super) async fn fields(world: &World) -> Result<Fields, String> {
    let (mut found, mut path) = (Fields::new(), "/schemas".to_owned());
    loop {
        let (status, page) = send(world, Method::GET, &path, None).await?;
        if status != 200 {
            return Err(format!("GET {path}: {status}: is the workspace's name right?"));
        }
        for schema in page["data"].as_array().into_iter().flatten() {
            let name = schema["id"].as_str().and_then(|id| id.rsplit('/').next());
            let properties = schema["attributes"]["properties"].as_object();
            let names = properties.into_iter().flat_map(|fields| fields.keys().cloned());
            found.entry(name.unwrap_or_default().to_owned()).or_default().extend(names);
        }
        match page["links"]["next"].as_str().and_then(|next| next.split_once('?')) {
            Some((_, query)) if path != format!("/schemas?{query}") => {
                path = format!("/schemas?{query}");
            }
            _ => return Ok(found),
        }
    }
}

/// The fields of built-in objects that the cases may use and the workspace does not have.
pub(super) fn missing(found: &Fields) -> Vec<String> {
    let lacks = |object: &'static Object| {
        let there = found.get(&*object.name);
        let fields = object.fields.iter().map(|field| field.name.to_string());
        fields.filter(move |field| there.is_none_or(|there| !there.contains(field)))
    };
    BUILT_INS.into_iter().flat_map(lacks).collect()
}

/// Whether the workspace speaks the live contract, which shows by the size of a page.
pub(super) async fn is_live(world: &World) -> Result<bool, String> {
    let (_, page) = send(world, Method::GET, "/objects/person/resources", None).await?;
    Ok(page["meta"]["limit"] != 25)
}

/// How many records each built-in object has.
pub(super) async fn totals(world: &World) -> Result<Vec<(String, u64)>, String> {
    let mut totals = Vec::new();
    for object in BUILT_INS {
        let path = format!("/objects/{}/resources?page[limit]=1", object.name);
        let (_, page) = send(world, Method::GET, &path, None).await?;
        let total = page["meta"]["total_records"].as_u64().unwrap_or_default();
        totals.push((object.name.to_string(), total));
    }
    Ok(totals)
}

/// That no name is taken of those that the cases need.
pub(super) fn check(found: &Fields) -> Result<(), String> {
    match custom_objects().find(|object| found.contains_key(&*object.name)) {
        None => Ok(()),
        Some(Object { name, .. }) => {
            Err(format!("the workspace has an object `{name}`: its records are somebody's"))
        }
    }
}

/// Makes the custom objects that the cases share. `there` are those that the workspace had before.
pub(super) async fn set_up(world: &World, ledger: &Ledger, there: &[String]) -> Result<(), String> {
    let is_made = |object: &Object| ledger.left().objects.iter().any(|name| *name == object.name);
    for object in custom_objects() {
        let mut tries = 1;
        while let Err(failure) = make(world, object).await {
            // It may be there although its answer was lost.
            lost::look(world, ledger, there).await;
            if is_made(object) {
                break;
            }
            if tries == TRIES {
                return Err(format!("`{}` could not be made: {failure}", object.name));
            }
            tries += 1;
        }
    }
    Ok(())
}

async fn make(world: &World, object: &Object) -> Result<(), String> {
    let schema = write_schema(object);
    let label = object.name.trim_start_matches("c_").replace('_', " ");
    let body = json!({
        "name": label, "plural": format!("{label}s"),
        "properties": schema["properties"], "required": schema["required"],
    });
    let (status, answer) = send(world, Method::POST, "/schemas/objects", Some(body)).await?;
    let expected = format!("/{}", object.name);
    match answer["data"]["id"].as_str() {
        Some(id) if status == 201 && id.ends_with(&expected) => Ok(()),
        _ => Err(format!("{status} {answer}")),
    }
}

/// Deletes what the ledger has, and what was made by requests without an answer; says what could not
/// be deleted.
pub(super) async fn clear(world: &World, ledger: &Ledger, there: &[String]) -> Left {
    ledger.settled(PATIENCE).await;
    for _ in 0..TRIES {
        lost::look(world, ledger, there).await;
        clear_objects(world, ledger).await;
        if ledger.left().objects.is_empty() && ledger.left().unsure.is_empty() {
            break;
        }
    }
    let (mut before, mut tries) = (usize::MAX, 0);
    // A record that others need can be deleted after them.
    while !ledger.left().records.is_empty() && tries < TRIES {
        let now = ledger.left().records.len();
        tries = if now < before { 0 } else { tries + 1 };
        before = now;
        clear_records(world, ledger).await;
    }
    ledger.left()
}

async fn clear_objects(world: &World, ledger: &Ledger) {
    for object in ledger.left().objects.iter().rev() {
        let path = format!("/schemas/objects/{object}");
        if let Ok((404, _)) = send(world, Method::DELETE, &path, None).await {
            ledger.forget_object(object);
        }
    }
}

async fn clear_records(world: &World, ledger: &Ledger) {
    let mut by_object: IndexMap<String, Vec<String>> = IndexMap::new();
    for (object, id) in ledger.left().records {
        by_object.entry(object).or_default().push(id);
    }
    for (object, ids) in by_object {
        let path = format!("/objects/{object}/records");
        for ids in ids.chunks(TOGETHER) {
            let body = json!({ "items": ids });
            match send(world, Method::DELETE, &path, Some(body)).await {
                Ok((200 | 204, _)) => {}
                _ => clear_each(world, ledger, &object, ids).await,
            }
        }
    }
}

async fn clear_each(world: &World, ledger: &Ledger, object: &str, ids: &[String]) {
    for id in ids {
        let path = format!("/objects/{object}/records/{id}");
        if let Ok((404, _)) = send(world, Method::DELETE, &path, None).await {
            ledger.forget_record(object, id);
        }
    }
}
