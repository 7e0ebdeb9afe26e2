//! The value of one attribute: whether it is good, and the text to keep of it.

use jiff::civil::DateTime;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use unicase::UniCase;

use super::validate::{Problem, pointer};
use crate::{Decimal, DecimalError, Field, Kind};

/// What two items of a collection have in common when they are the same without regard to case.
///
/// ```
/// # use clarify_schema::item_key;
/// assert_eq!(item_key("Ana@Example.com"), item_key("ana@example.COM"));
/// assert_eq!(item_key("Straße"), item_key("STRASSE"));
/// ```
#[must_use]
pub fn item_key(item: &str) -> String {
    UniCase::unicode(item).to_folded_case()
}

/// The text to keep for `raw` in `field`: as it came, so that numbers stay exact, but with the
/// duplicates of a collection left out, an empty one as `null`, and a person's name in a text slot as
/// one text.
pub(super) fn read_value(field: &Field, raw: &RawValue, at: &str) -> Result<String, Vec<Problem>> {
    match field.kind {
        Kind::Number | Kind::Currency => as_it_came(raw, check_number(raw.get(), at)),
        kind => read_parsed(kind, field, raw, &parse(raw, at)?, at),
    }
}

fn read_parsed(
    kind: Kind,
    field: &Field,
    raw: &RawValue,
    value: &Value,
    at: &str,
) -> Result<String, Vec<Problem>> {
    match kind {
        Kind::Text | Kind::LongText => read_text(raw, value, at).map_err(|problem| vec![problem]),
        kind if kind.is_collection() => read_collection(field, value, at),
        Kind::PersonName => match check_person_name(value, at) {
            problems if problems.is_empty() => Ok(raw.get().to_owned()),
            problems => Err(problems),
        },
        _ => as_it_came(raw, check_shape(field, value, at)),
    }
}

fn as_it_came(raw: &RawValue, checked: Result<(), Problem>) -> Result<String, Vec<Problem>> {
    checked.map(|()| raw.get().to_owned()).map_err(|problem| vec![problem])
}

/// A `RawValue` is JSON, but may be nested too deep or have half a character or a huge number in it.
fn parse(raw: &RawValue, at: &str) -> Result<Value, Vec<Problem>> {
    serde_json::from_str(raw.get())
        .map_err(|error| vec![Problem::new(422, at, format!("it can't be read: {error}"))])
}

fn read_text(raw: &RawValue, value: &Value, at: &str) -> Result<String, Problem> {
    match value {
        Value::String(_) => Ok(raw.get().to_owned()),
        Value::Object(name) => whole_name(name)
            .map(|name| Value::from(name).to_string())
            .ok_or_else(|| Problem::expected("a string", raw.get(), at)),
        _ => Err(Problem::expected("a string", raw.get(), at)),
    }
}

/// The whole of a name in its parts: as it stands, or else put together.
///
/// ```
/// # use clarify_schema::whole_name;
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

fn check_number(raw: &str, at: &str) -> Result<(), Problem> {
    match raw.parse::<Decimal>() {
        Ok(_) => Ok(()),
        Err(DecimalError::Syntax) => Err(Problem::expected("a number", raw, at)),
        // The API answers 400 here and 422 for any other bad value.
        Err(error) => Err(Problem::new(400, at, format!("number out of range: {error}"))),
    }
}

fn check_shape(field: &Field, value: &Value, at: &str) -> Result<(), Problem> {
    let expected = |what| Err(Problem::expected(what, &value.to_string(), at));
    match (field.kind, value) {
        (Kind::Date, Value::String(text)) if is_date(text) => Ok(()),
        (Kind::Date, _) => expected("a date as `YYYY-MM-DD`"),
        (Kind::DateTime, Value::String(text)) if date_time_microseconds(text).is_some() => Ok(()),
        (Kind::DateTime, _) => expected("a date-time as ISO 8601 with its offset"),
        (Kind::Checkbox, Value::Bool(_)) => Ok(()),
        (Kind::Checkbox, _) => expected("`true` or `false`"),
        (Kind::Select, Value::String(text)) => check_option(field, text, at),
        (Kind::Select, _) => expected("the text of an option"),
        (Kind::ToOne, Value::String(id)) if !id.is_empty() => Ok(()),
        (Kind::ToOne, _) => expected("the id of a record"),
        (Kind::ToMany, _) => Err(Problem::new(
            422,
            at,
            "a to-many link is not an attribute: link from the other side",
        )),
        (Kind::RichText, Value::Object(text)) if text.get("text").is_some_and(Value::is_array) => {
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
/// # use clarify_schema::date_time_microseconds;
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
fn check_person_name(value: &Value, at: &str) -> Vec<Problem> {
    let found = || value.to_string();
    match value {
        Value::String(_) => Vec::new(),
        Value::Object(parts) => parts.iter().filter_map(|part| check_name_part(part, at)).collect(),
        _ => vec![Problem::expected("a name, as a string or an object", &found(), at)],
    }
}

fn check_name_part((key, part): (&String, &Value), at: &str) -> Option<Problem> {
    let at = format!("{at}{}", pointer(key));
    if !matches!(key.as_str(), "first_name" | "last_name" | "full_name") {
        return Some(Problem::new(422, &at, "a name has no such part"));
    }
    let is_text = part.is_string() || part.is_null();
    (!is_text).then(|| Problem::expected("a string", &part.to_string(), &at))
}

fn check_option(field: &Field, text: &str, at: &str) -> Result<(), Problem> {
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

fn read_collection(field: &Field, value: &Value, at: &str) -> Result<String, Vec<Problem>> {
    let items = collection_items(value, at).map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    let mut kept: Vec<&str> = Vec::new();
    let mut keys = std::collections::HashSet::new();
    for (index, item) in items.iter().enumerate() {
        match check_item(field, item, &format!("{at}/items/{index}")) {
            Ok(text) if keys.insert(collection_key(field.kind, text)) => kept.push(text),
            Ok(_) => {}
            Err(problem) => problems.push(problem),
        }
    }
    match (problems.is_empty(), kept.is_empty()) {
        (false, _) => Err(problems),
        (true, true) => Ok("null".to_owned()),
        (true, false) => Ok(serde_json::json!({ "items": kept }).to_string()),
    }
}

/// Options are told apart by case; the items of every other collection are not.
fn collection_key(kind: Kind, item: &str) -> String {
    if kind == Kind::MultiSelect { item.to_owned() } else { item_key(item) }
}

fn collection_items<'v>(value: &'v Value, at: &str) -> Result<&'v [Value], Problem> {
    match value {
        Value::Array(_) => Err(Problem::new(
            422,
            at,
            "a collection is sent as {\"items\": [...]}, not as a plain array",
        )),
        Value::Object(members) => match (members.get("items"), members.len()) {
            (Some(Value::Array(items)), 1) => Ok(items),
            (Some(Value::Array(_)), _) => {
                Err(Problem::new(422, at, "a collection has no member but `items`"))
            }
            _ => Err(Problem::new(422, at, "a collection is sent as {\"items\": [...]}")),
        },
        other => {
            Err(Problem::expected("a collection as {\"items\": [...]}", &other.to_string(), at))
        }
    }
}

fn check_item<'v>(field: &Field, item: &'v Value, at: &str) -> Result<&'v str, Problem> {
    let Value::String(text) = item else {
        return Err(Problem::expected("a string", &item.to_string(), at));
    };
    match field.kind {
        Kind::MultiSelect => check_option(field, text, at)?,
        Kind::EmailAddresses if !is_email_address(text) => {
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
