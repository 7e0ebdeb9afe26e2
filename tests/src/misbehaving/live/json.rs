//! Documents of which a part is changed. Everything else, each number above all, stays as it was
//! written.

use indexmap::IndexMap;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

/// The members of a JSON object, in their order.
pub(super) type Members = IndexMap<String, Box<RawValue>>;

pub(super) fn members(json: &str) -> Option<Members> {
    serde_json::from_str(json).ok()
}

pub(super) fn list(raw: &RawValue) -> Option<Vec<Box<RawValue>>> {
    serde_json::from_str(raw.get()).ok()
}

pub(super) fn text(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

pub(super) fn raw(value: &Value) -> Box<RawValue> {
    to_raw_value(value).expect("a value is JSON")
}

pub(super) fn of_text(text: &str) -> Box<RawValue> {
    raw(&Value::from(text))
}

pub(super) fn of_list(items: &[Box<RawValue>]) -> Box<RawValue> {
    to_raw_value(items).expect("a list is JSON")
}

pub(super) fn of_members(members: &Members) -> Box<RawValue> {
    to_raw_value(members).expect("an object is JSON")
}

/// Puts something else in the place of a member, where it is there and the change has something.
pub(super) fn change(
    members: &mut Members,
    name: &str,
    change: impl FnOnce(&RawValue) -> Option<Box<RawValue>>,
) {
    if let Some(member) = members.get_mut(name)
        && let Some(changed) = change(member)
    {
        *member = changed;
    }
}

/// Changes each record of a `data`, be it one or a list. What is no object stays.
pub(super) fn each_record(data: &RawValue, change: impl Fn(Members) -> Members) -> Box<RawValue> {
    let one = |raw: &RawValue| match members(raw.get()) {
        Some(record) => of_members(&change(record)),
        None => raw.to_owned(),
    };
    match list(data) {
        Some(records) => of_list(&records.iter().map(|record| one(record)).collect::<Vec<_>>()),
        None => one(data),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_as_they_were_written() {
        let text = r#"{"a":1.50,"b":999999999999.9999,"c":12e2}"#;
        let mut document = members(text).unwrap();
        change(&mut document, "c", |_| Some(of_text("x")));
        change(&mut document, "d", |_| Some(of_text("x")));
        let expected = r#"{"a":1.50,"b":999999999999.9999,"c":"x"}"#;
        assert_eq!(of_members(&document).get(), expected);
    }
}
