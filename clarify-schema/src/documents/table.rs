//! The tables of a crate's structs, as the compiler tells them.
//!
//! The table of a struct is made of its fields' types, so it is known when the compiler has seen
//! through them, and not before. Where the derive is asked for tables it has the compiler tell them:
//! each is the text of an error, and this reads it.

use serde_json::Value;

use super::document::SchemaError;
use super::snapshot::parse;
use crate::{Field, Kind, Object, Text};

/// The environment variable that says of which crate the tables are wanted: [`tables_of`] it.
pub const TABLES_OF: &str = "CLARIFY_SCHEMA_TABLES";

/// What stands before a table in the compiler's error.
pub const TABLE_MARK: &str = "clarify-table: ";

/// What [`TABLES_OF`] is set to for one crate of a package: its library, a test or a benchmark, or a
/// program or an example. The names are cargo's.
///
/// Of what is built for it, no other crate has this name; but for tests that are called as their
/// library is.
///
/// ```
/// # use clarify_schema::tables_of;
/// assert_eq!(tables_of("acme-crm", "acme-crm", false), "acme-crm:lib:acme_crm");
/// assert_eq!(tables_of("acme-crm", "sync", true), "acme-crm:bin:sync");
/// ```
#[must_use]
pub fn tables_of(package: &str, target: &str, is_program: bool) -> String {
    let kind = if is_program { "bin" } else { "lib" };
    format!("{package}:{kind}:{}", target.replace('-', "_"))
}

/// Reads the table that an error of the compiler tells; nothing, if it tells something else.
///
/// # Errors
///
/// When it tells a table that can't be read: another version of the derive has made it.
///
/// ```
/// # use clarify_schema::{Kind, read_table};
/// let message = r#"evaluation panicked: clarify-table: {"name":"c_a","fields":[{"name":"b","kind":"date"}]}"#;
/// let object = read_table(message)?.unwrap();
/// assert_eq!(object.field("b").unwrap().kind, Kind::Date);
/// assert_eq!(read_table("mismatched types")?, None);
/// # Ok::<(), clarify_schema::SchemaError>(())
/// ```
pub fn read_table(message: &str) -> Result<Option<Object>, SchemaError> {
    let Some((_, table)) = message.split_once(TABLE_MARK) else { return Ok(None) };
    let table = parse(table)?;
    let fields = table.get("fields").and_then(Value::as_array);
    let fields = fields.ok_or_else(|| SchemaError::new("/fields", "expected a list"))?;
    let fields = fields.iter().enumerate().map(|(place, field)| {
        read_field(field).ok_or_else(|| {
            SchemaError::new(format!("/fields/{place}"), "expected a field with a name and a kind")
        })
    });
    let name = text(&table, "name").ok_or_else(|| SchemaError::new("/name", "expected a text"))?;
    Ok(Some(Object::named(name, fields.collect::<Result<_, _>>()?)))
}

fn read_field(field: &Value) -> Option<Field> {
    let flag = |key| field.get(key).and_then(Value::as_bool).unwrap_or(false);
    let kind = Kind::parse(field.get("kind")?.as_str()?)?;
    let mut read = Field::named(text(field, "name")?, kind);
    read.required = flag("required");
    read.read_only = flag("read_only");
    read.unique = flag("unique");
    read.open = flag("open");
    read.target = text(field, "target");
    let options =
        field.get("options").and_then(Value::as_array).map_or(&[][..], Vec::as_slice).iter();
    read.options = options.filter_map(|o| Some(o.as_str()?.to_owned().into())).collect();
    Some(read)
}

fn text(value: &Value, key: &str) -> Option<Text> {
    value.get(key)?.as_str().map(|text| text.to_owned().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_another_version_is_no_table_of_ours() {
        let error = |table: &str| {
            read_table(&format!("evaluation panicked: {TABLE_MARK}{table}"))
                .unwrap_err()
                .to_string()
        };
        assert_eq!(error("{}"), "/fields: expected a list");
        assert_eq!(error(r#"{"fields":[]}"#), "/name: expected a text");
        assert_eq!(
            error(r#"{"name":"c_a","fields":[{"name":"b","kind":"hologram"}]}"#),
            "/fields/0: expected a field with a name and a kind"
        );
        assert!(error("{").contains("EOF"), "it is cut off");
    }
}
