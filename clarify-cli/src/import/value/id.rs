//! The ids of records, as links have them.

use clarify_schema::{Field, Object};

/// Whether the text has the form of an id of a record that the link can lead to: what the ids of its
/// object begin with and letters and digits behind that, or a UUID.
pub(crate) fn is_id(link: &Field, text: &str) -> bool {
    let begins = link.target.clone().map(|target| Object::named(target, Vec::new()).id_prefix());
    let (prefix, rest) = match text.trim().split_once('_') {
        Some((prefix, rest)) => (Some(prefix), rest),
        None => (None, text.trim()),
    };
    let is_own = |prefix: &str| begins.is_none_or(|own| own.strip_suffix('_') == Some(prefix));
    let is_word = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
    prefix.map_or_else(|| is_uuid(rest), |prefix| is_word && is_own(prefix))
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_hex = |part: &&str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.iter().all(is_hex)
}

/// What is wrong with a text that is none, and what names the record all the same.
pub(crate) fn no_id(link: &Field, text: &str) -> String {
    let target = link.target.as_deref().unwrap_or("record");
    let object = link.target.as_deref().unwrap_or("OBJECT");
    format!(
        "`{text}` is no id of a `{target}`; to find it by a field: `--link {}={object}.…`",
        link.name
    )
}

#[cfg(test)]
mod tests {
    use clarify_schema::Kind;

    use super::*;

    fn link(target: &'static str) -> Field {
        Field::new("to", Kind::ToOne).target(target)
    }

    #[test]
    fn an_id_begins_as_those_of_its_object_do() {
        let ulid = "01J9ZC6W2Q8Y3V5T7R1P0N4M6K";
        for (target, prefix) in [("company", "com_"), ("c_order", "rec_"), ("person", "per_")] {
            assert!(is_id(&link(target), &format!("{prefix}{ulid}")), "{target}");
        }
        assert!(!is_id(&link("person"), &format!("com_{ulid}")));
        assert!(
            is_id(&Field::new("to", Kind::ToOne), &format!("com_{ulid}")),
            "of whatever object"
        );
        assert!(is_id(&link("company"), " 0198c1f2-7a3b-7c4d-8e5f-0123456789ab "));
        for text in ["1", "ALFKI", "com_", "com_a b", ulid, "0198c1f2-7a3b-7c4d-8e5f", "_1"] {
            assert!(!is_id(&link("company"), text), "{text}");
        }
    }

    #[test]
    fn who_names_it_otherwise_is_told_how() {
        let told = "`1` is no id of a `company`; to find it by a field: `--link to=company.…`";
        assert_eq!(no_id(&link("company"), "1"), told);
    }
}
