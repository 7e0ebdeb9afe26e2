//! What a list asks for, as the service is asked, and the links to other pages.

use std::borrow::Cow;

use clarify_schema::Object;
use http::StatusCode;

use super::{Live, Refusal, times};
use crate::misbehaving::canned;

/// The largest page, and the one where nothing is said.
const PAGE: u64 = 500;

const LIMIT: &str = "page[limit]";
const OFFSET: &str = "page[offset]";

/// The query of a list for the service.
pub(super) fn kept(live: &Live, object: &Object, query: &str) -> Result<String, Refusal> {
    let mut written = form_urlencoded::Serializer::new(String::new());
    let mut limited = false;
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if name == LIMIT {
            check_limit(&value)?;
            limited = true;
        }
        let (name, value) = parameter(live, object, name, value);
        written.append_pair(&name, &value);
    }
    if !limited {
        written.append_pair(LIMIT, &PAGE.to_string());
    }
    Ok(written.finish())
}

/// What is no number is left for the service to refuse.
fn check_limit(value: &str) -> Result<(), Refusal> {
    match value.parse::<u64>() {
        Ok(limit) if limit > PAGE => {
            let detail = format!("`{LIMIT}`: expected a number from 1 to {PAGE}, found {limit}");
            Err(canned::error(StatusCode::BAD_REQUEST, &detail).into())
        }
        _ => Ok(()),
    }
}

fn parameter<'q>(
    live: &Live,
    object: &Object,
    name: Cow<'q, str>,
    value: Cow<'q, str>,
) -> (Cow<'q, str>, Cow<'q, str>) {
    let field = name.strip_prefix("filter[").and_then(|rest| rest.split(']').next());
    let field = field.unwrap_or_default();
    if matches!(field, "_created_at" | "_updated_at") {
        return moment(name, value);
    }
    match linked(live, object, field) {
        Some(linked) => (name, Cow::Owned(id(live, linked, &value))),
        None => (name, value),
    }
}

fn linked<'o>(live: &'o Live, object: &'o Object, field: &str) -> Option<&'o Object> {
    match field {
        "id" | "_id" => Some(object),
        _ => live.objects.linked(object.field(field)?),
    }
}

/// An id behind the marks of a short form.
fn id(live: &Live, object: &Object, value: &str) -> String {
    let id = value.trim_start_matches(['!', '=']);
    match live.ids.kept(object.id_prefix(), id) {
        Some(kept) => value.replace(id, &kept),
        None => value.to_owned(),
    }
}

/// The service compares whole seconds, so what lies in the second of a moment is shown too: a
/// record too many can be told, and one that is missing can't.
fn moment<'q>(name: Cow<'q, str>, value: Cow<'q, str>) -> (Cow<'q, str>, Cow<'q, str>) {
    let Some(second) = times::kept(&value) else { return (name, value) };
    let name = name.replace("[Is after]", "[Is on or after]");
    let name = name.replace("[Is before]", "[Is on or before]");
    (Cow::Owned(name), Cow::Owned(second))
}

/// The link to the page at this offset, with everything else that the client asked for. Nothing
/// answers at its address, as nothing does at the hosted service's.
pub(super) fn link(path: &str, query: &str, limit: u64, offset: u64) -> String {
    let others = query.split('&').filter(|pair| !pair.is_empty() && !is_page(pair));
    let mut link = format!("http://api.clarify.ai{path}?");
    for pair in others {
        link.push_str(pair);
        link.push('&');
    }
    link + &format!("{LIMIT}={limit}&{OFFSET}={offset}")
}

fn is_page(pair: &str) -> bool {
    let name = form_urlencoded::parse(pair.as_bytes()).next().map(|(name, _)| name);
    name.is_some_and(|name| name == LIMIT || name == OFFSET)
}
