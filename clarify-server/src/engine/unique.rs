//! What a record is matched on.

use clarify_attributes::{Attributes, JsonText, collection_items, item_key};
use clarify_schema::{Decimal, Kind, Object};

/// The unique keys of a record: the text of its unique field, or one key for each item of a
/// collection. None when the object has no unique field, or the record no value in it.
pub(super) fn keys(object: &Object, attributes: &Attributes<'_>) -> Vec<String> {
    let Some(field) = object.unique_field() else { return Vec::new() };
    let Some(json) = attributes.get(&field.name) else { return Vec::new() };
    match field.kind {
        kind if kind.is_collection() => {
            collection_items(json).into_iter().map(|item| item_key(&item)).collect()
        }
        // The value counts, not how it is written: 12.0 is 12.
        Kind::Number | Kind::Currency => {
            json.parse().map(|number: Decimal| number.to_string()).into_iter().collect()
        }
        _ => {
            let text = serde_json::from_str(json).map(JsonText::into_string).ok();
            text.filter(|text| !text.is_empty()).into_iter().collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use clarify_schema::{DEAL, Field, Kind, MEETING, PERSON};

    use super::*;
    use crate::engine::attributes::parse;

    #[test]
    fn collections_match_without_regard_to_case_and_texts_exactly() {
        let person = parse(r#"{"email_addresses":{"items":["Ana@Example.com","b@example.com"]}}"#);
        assert_eq!(keys(&PERSON, &person), ["ana@example.com", "b@example.com"]);
        assert_eq!(keys(&DEAL, &parse(r#"{"name":"Renewal"}"#)), ["Renewal"]);
        assert_eq!(keys(&DEAL, &parse(r#"{"name":"\u0041"}"#)), ["A"]);
    }

    #[test]
    fn no_value_is_no_key() {
        assert!(keys(&DEAL, &parse(r#"{"name":""}"#)).is_empty());
        assert!(keys(&DEAL, &parse("{}")).is_empty());
        assert!(keys(&MEETING, &parse(r#"{"title":"x"}"#)).is_empty());
    }

    #[test]
    fn a_number_matches_however_it_is_written() {
        let object = Object::named("c_ticket", vec![Field::new("number", Kind::Number).unique()]);
        for number in ["12", "12.0", "1.2e1"] {
            let kept = format!(r#"{{"number":{number}}}"#);
            assert_eq!(keys(&object, &parse(&kept)), ["12"]);
        }
    }
}
