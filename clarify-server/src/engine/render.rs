//! Records as answers show them.

use clarify_schema::Object;

use super::time;
use crate::contract::Contract;
use crate::store::Record;

/// Writes one record. Its attributes are spliced in as they are kept.
pub(super) fn push_record(
    json: &mut String,
    object: &Object,
    record: &Record,
    contract: &Contract,
) {
    json.push_str("{\"id\":");
    push_text(json, &record.id);
    json.push_str(",\"type\":");
    push_text(json, &object.name);
    json.push_str(",\"attributes\":{");
    let members = record.attributes.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    if let Some(members) = members.filter(|members| !members.is_empty()) {
        json.push_str(members);
        json.push(',');
    }
    json.push_str("\"_created_at\":\"");
    time::push(json, record.created_at, contract.second_digits);
    json.push_str("\",\"_updated_at\":\"");
    time::push(json, record.updated_at, contract.second_digits);
    json.push_str("\"}}");
}

fn push_text(json: &mut String, text: &str) {
    json.push_str(&serde_json::Value::from(text).to_string());
}

#[cfg(test)]
mod tests {
    use clarify_schema::PERSON;

    use super::*;
    use crate::store::RecordKey;

    fn shown(attributes: &str) -> String {
        let record = Record {
            key: RecordKey(1),
            id: "per_\"1".to_owned(),
            created_at: 0,
            updated_at: 1500,
            attributes: attributes.to_owned(),
        };
        let mut json = String::new();
        push_record(&mut json, &PERSON, &record, &Contract::DOCUMENTED);
        json
    }

    #[test]
    fn the_times_follow_the_attributes() {
        let times =
            r#""_created_at":"1970-01-01T00:00:00Z","_updated_at":"1970-01-01T00:00:01Z"}}"#;
        let start = r#"{"id":"per_\"1","type":"person","attributes":{"#;
        assert_eq!(shown("{}"), format!("{start}{times}"));
        assert_eq!(shown(r#"{"a":1.10}"#), format!(r#"{start}"a":1.10,{times}"#));
    }
}
