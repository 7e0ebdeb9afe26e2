//! The value of one attribute: whether it is good, and the text to keep of it.

use std::borrow::Cow;
use std::collections::HashSet;

use clarify_schema::{Decimal, DecimalError, Field, Kind};
use jiff::civil::DateTime;
use serde_json::{Map, Value};
use unicase::UniCase;

use super::pieces::Pieces;
use super::place::Place;
use super::text::{JsonText, Members, push_text};
use super::validate::Problem;

/// What two items of a collection have in common when they are the same without regard to case.
///
/// ```
/// # use clarify_attributes::item_key;
/// assert_eq!(item_key("Ana@Example.com"), item_key("ana@example.COM"));
/// assert_eq!(item_key("Straße"), item_key("STRASSE"));
/// ```
#[must_use]
pub fn item_key(item: &str) -> String {
    if item.is_ascii() {
        return item.to_ascii_lowercase();
    }
    UniCase::unicode(item).to_folded_case()
}

/// A value as it was sent.
enum Sent<'r> {
    Text(JsonText<'r>),
    Json(Value),
}

impl<'r> Sent<'r> {
    /// It is JSON, but may be nested too deep or have half a character or a huge number in it.
    fn read(json: &'r str, at: Place<'_>) -> Result<Self, Problem> {
        let read = if json.starts_with('"') {
            JsonText::read(json).map(Self::Text)
        } else {
            serde_json::from_str(json).map(Self::Json)
        };
        read.map_err(|error| Problem::new(422, at, format!("it can't be read: {error}")))
    }
}

/// The text to keep for `json` in `field`: as it came, so that numbers stay exact, but with the
/// duplicates of a collection left out, an empty one as `null`, and a person's name in a text slot as
/// one text.
pub(super) fn read_value<'r>(
    field: &Field,
    json: &'r str,
    at: Place<'_>,
) -> Result<Cow<'r, str>, Vec<Problem>> {
    let one = |problem| vec![problem];
    match field.kind {
        Kind::Number | Kind::Currency => check_number(json, at).map_err(one)?,
        Kind::Text | Kind::LongText => return read_text(json, at).map_err(one),
        Kind::PersonName => check_person_name(json, at)?,
        kind if kind.is_collection() => return read_collection(field, json, at),
        _ => check_shape(field, json, at).map_err(one)?,
    }
    Ok(json.into())
}

fn read_text<'r>(json: &'r str, at: Place<'_>) -> Result<Cow<'r, str>, Problem> {
    let name = match Sent::read(json, at)? {
        Sent::Text(_) => return Ok(json.into()),
        Sent::Json(Value::Object(name)) => whole_name(&name),
        Sent::Json(_) => None,
    };
    let name = name.map(|name| Value::from(name).to_string().into());
    name.ok_or_else(|| Problem::expected("a string", json, at))
}

/// The whole of a name in its parts: as it stands, or else put together.
///
/// ```
/// # use clarify_attributes::whole_name;
/// let name = serde_json::json!({ "first_name": "Ana", "last_name": "Lee", "full_name": null });
/// assert_eq!(whole_name(name.as_object().unwrap()).as_deref(), Some("Ana Lee"));
/// ```
#[must_use]
pub fn whole_name(parts: &Map<String, Value>) -> Option<String> {
    let part = |key| parts.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let joined = || {
        let both = [part("first_name"), part("last_name")];
        both.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    Some(part("full_name").map_or_else(joined, str::to_owned)).filter(|name| !name.is_empty())
}

fn check_number(raw: &str, at: Place<'_>) -> Result<(), Problem> {
    match raw.parse::<Decimal>() {
        Ok(_) => Ok(()),
        Err(DecimalError::Syntax) => Err(Problem::expected("a number", raw, at)),
        // The API answers 400 here and 422 for any other bad value.
        Err(error) => Err(Problem::new(400, at, format!("number out of range: {error}"))),
    }
}

fn check_shape(field: &Field, json: &str, at: Place<'_>) -> Result<(), Problem> {
    let expected = |what| Err(Problem::expected(what, json, at));
    match (field.kind, Sent::read(json, at)?) {
        (Kind::Date, Sent::Text(text)) if is_date(&text) => Ok(()),
        (Kind::Date, _) => expected("a date as `YYYY-MM-DD`"),
        (Kind::DateTime, Sent::Text(text)) if date_time_microseconds(&text).is_some() => Ok(()),
        (Kind::DateTime, _) => expected("a date-time as ISO 8601 with its offset"),
        (Kind::Checkbox, Sent::Json(Value::Bool(_))) => Ok(()),
        (Kind::Checkbox, _) => expected("`true` or `false`"),
        (Kind::Select, Sent::Text(text)) => check_option(field, &text, at),
        (Kind::Select, _) => expected("the text of an option"),
        (Kind::ToOne, Sent::Text(id)) if !id.is_empty() => Ok(()),
        (Kind::ToOne, _) => expected("the id of a record"),
        (Kind::ToMany, _) => Err(Problem::new(
            422,
            at,
            "a to-many link is not an attribute: link from the other side",
        )),
        (Kind::RichText, Sent::Json(value)) if value.get("text").is_some_and(Value::is_array) => {
            Ok(())
        }
        (Kind::RichText, _) => expected("rich text as `{\"text\": [blocks]}`"),
        _ => Ok(()),
    }
}

fn is_date(text: &str) -> bool {
    // jiff reads more forms than the API does.
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// When a date-time is, in microseconds since 1970 began in UTC; what is below a microsecond is cut
/// off. Nothing where it is none: `2024-03-01T12:00:00`, a fraction, and `Z` or an offset below a day.
///
/// ```
/// # use clarify_attributes::date_time_microseconds;
/// assert_eq!(date_time_microseconds("1970-01-01T01:00:00.5+01:00"), Some(500_000));
/// assert!(date_time_microseconds("9999-12-31T23:59:59.999999999Z").is_some());
/// assert_eq!(date_time_microseconds("2024-03-01T12:00:00+25:00"), None);
/// ```
#[must_use]
pub fn date_time_microseconds(text: &str) -> Option<i64> {
    let (local, offset) = match text.strip_suffix('Z') {
        Some(local) => (local, 0),
        None => {
            let (local, offset) = text.split_at_checked(text.len().checked_sub(6)?)?;
            (local, read_offset(offset)?)
        }
    };
    // jiff reads more forms here, which other clients do not.
    let (date, clock) = local.split_once('T')?;
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    if !is_date(date) || !fits(clock, "00:00:00") || !is_fraction {
        return None;
    }
    let local: DateTime = local.parse().ok()?;
    // A moment of jiff's ends before the year does, to have room for any offset.
    let since = local.duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0));
    let micros = since.as_nanos().div_euclid(1000) - i128::from(offset) * 60_000_000;
    i64::try_from(micros).ok()
}

/// An offset as `+01:00`, in minutes.
fn read_offset(text: &str) -> Option<i64> {
    let form = if text.starts_with('-') { "-00:00" } else { "+00:00" };
    let (hours, minutes) = text.get(1..)?.split_once(':').filter(|_| fits(text, form))?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    let offset = (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)?;
    Some(if text.starts_with('-') { -offset } else { offset })
}

/// Whether a text looks like `form`, where `0` stands for any digit.
fn fits(text: &str, form: &str) -> bool {
    let same = |(c, f): (u8, u8)| if f == b'0' { c.is_ascii_digit() } else { c == f };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(same)
}

/// A person's name: a string, or an object with its parts.
fn check_person_name(json: &str, at: Place<'_>) -> Result<(), Vec<Problem>> {
    let problems: Vec<_> = match Sent::read(json, at).map_err(|problem| vec![problem])? {
        Sent::Text(_) => Vec::new(),
        Sent::Json(Value::Object(parts)) => {
            parts.iter().filter_map(|part| check_name_part(part, at)).collect()
        }
        Sent::Json(_) => {
            vec![Problem::expected("a name, as a string or an object", json, at)]
        }
    };
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn check_name_part((key, part): (&String, &Value), at: Place<'_>) -> Option<Problem> {
    let at = at.part(key);
    if !matches!(key.as_str(), "first_name" | "last_name" | "full_name") {
        return Some(Problem::new(422, at, "a name has no such part"));
    }
    let is_text = part.is_string() || part.is_null();
    (!is_text).then(|| Problem::expected("a string", &part.to_string(), at))
}

fn check_option(field: &Field, text: &str, at: Place<'_>) -> Result<(), Problem> {
    if field.has_option(text) {
        return Ok(());
    }
    let near = field.options.iter().find(|option| item_key(option) == item_key(text));
    let hint = match near {
        Some(option) => format!("did you mean `{option}`? options are case-sensitive"),
        None => format!("the options are `{}`", field.options.join("`, `")),
    };
    Err(Problem::new(422, at, format!("`{text}` is not an option of `{}`: {hint}", field.name)))
}

fn read_collection<'r>(
    field: &Field,
    json: &'r str,
    at: Place<'_>,
) -> Result<Cow<'r, str>, Vec<Problem>> {
    let items = sent_items(json, at).map_err(|problem| vec![problem])?;
    let mut kept = Vec::with_capacity(items.len());
    let mut problems = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        match read_item(field, item, at.item(index)) {
            Ok(text) => kept.push(text),
            Err(problem) => problems.push(problem),
        }
    }
    if kept.len() > 1 {
        let mut keys = HashSet::with_capacity(kept.len());
        kept.retain(|text| keys.insert(collection_key(field.kind, text)));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    // No other text says the same in so few bytes.
    let is_as_kept = !kept.is_empty() && json.len() == length(&kept);
    Ok(if is_as_kept { json.into() } else { collection(&kept).into() })
}

/// How long a collection of these items is at least.
fn length(items: &[JsonText<'_>]) -> usize {
    let items: usize = items.iter().map(|item| item.len() + "\"\",".len()).sum();
    ITEMS.len() + "[]}".len() + items.saturating_sub(1)
}

/// What a collection begins with.
const ITEMS: &str = "{\"items\":";

/// A collection of these items as JSON: `null` where there is none.
///
/// ```
/// # use clarify_attributes::{JsonText, collection};
/// let items: Vec<JsonText> = serde_json::from_str(r#"["a", "b"]"#).unwrap();
/// assert_eq!(collection(&items), r#"{"items":["a","b"]}"#);
/// ```
#[must_use]
pub fn collection(items: &[JsonText<'_>]) -> String {
    if items.is_empty() {
        return "null".to_owned();
    }
    let mut json = String::with_capacity(length(items));
    json.push_str(ITEMS);
    for (index, item) in items.iter().enumerate() {
        json.push(if index == 0 { '[' } else { ',' });
        push_text(&mut json, item);
    }
    json.push_str("]}");
    json
}

/// The items of a collection as it is kept; none where there is none.
///
/// ```
/// # use clarify_attributes::{collection, collection_items};
/// let kept = r#"{"items":["a","b"]}"#;
/// assert_eq!(collection(&collection_items(kept)), kept);
/// ```
#[must_use]
pub fn collection_items(kept: &str) -> Vec<JsonText<'_>> {
    let Some(mut pieces) = plain_items(kept) else { return Vec::new() };
    let items = each(&mut pieces).map_while(|item| item);
    items.filter_map(|item| JsonText::read(item).ok()).collect()
}

/// The items of a collection with no white space around them.
fn plain_items(json: &str) -> Option<Pieces<'_>> {
    Pieces::of_list(json.strip_prefix(ITEMS)?.strip_suffix('}')?)
}

/// The elements of a list that was read as JSON before; nothing where a value is none.
#[must_use]
pub fn elements(json: &str) -> Option<Vec<&str>> {
    each(&mut Pieces::of_list(json)?).collect()
}

/// The elements of a list; nothing where a value is none, and what follows that is no element.
fn each<'r>(pieces: &mut Pieces<'r>) -> impl Iterator<Item = Option<&'r str>> {
    std::iter::from_fn(|| (!pieces.is_over()).then(|| pieces.take(b',')))
}

/// Options are told apart by case; the items of every other collection are not.
fn collection_key(kind: Kind, item: &str) -> String {
    if kind == Kind::MultiSelect { item.to_owned() } else { item_key(item) }
}

fn sent_items<'r>(json: &'r str, at: Place<'_>) -> Result<Vec<&'r str>, Problem> {
    if let Some(mut pieces) = plain_items(json)
        && let Some(items) = each(&mut pieces).collect()
        && pieces.is_whole()
    {
        return Ok(items);
    }
    let Some(members) = Members::of(json) else {
        Sent::read(json, at)?;
        return Err(if json.starts_with('[') {
            let detail = "a collection is sent as {\"items\": [...]}, not as a plain array";
            Problem::new(422, at, detail)
        } else {
            Problem::expected("a collection as {\"items\": [...]}", json, at)
        });
    };
    let items = members.get("items").and_then(elements);
    match items {
        Some(items) if members.len() == 1 => Ok(items),
        Some(_) => Err(Problem::new(422, at, "a collection has no member but `items`")),
        None => Err(Problem::new(422, at, "a collection is sent as {\"items\": [...]}")),
    }
}

fn read_item<'r>(field: &Field, json: &'r str, at: Place<'_>) -> Result<JsonText<'r>, Problem> {
    let Sent::Text(text) = Sent::read(json, at)? else {
        return Err(Problem::expected("a string", json, at));
    };
    match field.kind {
        Kind::MultiSelect => check_option(field, &text, at)?,
        Kind::EmailAddresses if !is_email_address(&text) => {
            return Err(Problem::new(422, at, "invalid email"));
        }
        _ if text.trim().is_empty() => return Err(Problem::new(422, at, "an item can't be empty")),
        _ => {}
    }
    Ok(text)
}

/// Whether there is something on both sides of the one `@`, with a point in the domain and no white
/// space: enough to catch a name in the wrong column, and no more.
fn is_email_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    !local.is_empty()
        && domain.contains('.')
        && !domain.contains('@')
        && domain.split('.').all(|label| !label.is_empty())
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}
