//! The files of a snapshot: a workspace's schema as it is committed beside a program.
//!
//! No file is read or written here; this is what stands in them.

use serde_json::{Map, Value};

use super::document::{SchemaError, read_schema, write_schema};
use super::keys::keys;
use super::layout;
use super::property::write_property;
use crate::{Field, Object};

/// The folder of a snapshot, at a package's root or at its workspace's.
pub const SNAPSHOT_FOLDER: &str = "clarify.schema";

/// The environment variable that says where the folder is, from the root of the cargo workspace, or
/// of the package where there is none.
pub const SNAPSHOT_VARIABLE: &str = "CLARIFY_SCHEMA";

/// The file in it that names the objects.
pub const SNAPSHOT_INDEX: &str = "index.json";

/// The command that makes a snapshot, or makes it anew.
pub const PULL: &str = "clarify schema pull";

/// The form of the files. A snapshot of another form was made by another version.
const FORMAT: u64 = 1;

/// What is kept of a document beside its properties, in this order.
const HEAD: [&str; 8] = [
    "$schema",
    "$id",
    "title",
    "type",
    "xClarifyNamespace",
    "xClarifyLabel",
    "xClarifyAIDescription",
    "required",
];

/// The name of the file of an object.
#[must_use]
pub fn snapshot_file(object: &str) -> String {
    format!("{object}.json")
}

/// Which objects a snapshot has.
///
/// ```
/// # use clarify_schema::SnapshotIndex;
/// let index = SnapshotIndex::new(["c_ticket", "company"], true);
/// assert_eq!(SnapshotIndex::read(&index.write())?, index);
/// assert!(index.has("company") && index.is_whole);
/// # Ok::<(), clarify_schema::SchemaError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SnapshotIndex {
    /// Their names, sorted.
    pub objects: Vec<String>,
    /// Whether these are all the objects that the workspace had. If not, nothing is known of others.
    pub is_whole: bool,
}

impl SnapshotIndex {
    /// The index of these objects.
    #[must_use]
    pub fn new(objects: impl IntoIterator<Item = impl Into<String>>, is_whole: bool) -> Self {
        let mut objects: Vec<_> = objects.into_iter().map(Into::into).collect();
        objects.sort_unstable();
        objects.dedup();
        Self { objects, is_whole }
    }

    /// Whether the snapshot has this object.
    #[must_use]
    pub fn has(&self, object: &str) -> bool {
        self.objects.iter().any(|name| name == object)
    }

    /// The text of the file: a line for each object, in their order.
    #[must_use]
    pub fn write(&self) -> String {
        let members = [
            ("format", FORMAT.to_string()),
            ("whole", self.is_whole.to_string()),
            ("objects", layout::list(&self.objects, 1)),
        ];
        layout::object(&members, 0) + "\n"
    }

    /// Reads the text of the file.
    ///
    /// # Errors
    ///
    /// When it is no index, or one that another version has made.
    pub fn read(text: &str) -> Result<Self, SchemaError> {
        let index: Value = parse(text)?;
        keys(text)?;
        match index.get("format").and_then(Value::as_u64) {
            Some(FORMAT) => {}
            Some(format) => {
                let detail = format!("the snapshot has the form {format}, and {FORMAT} is known");
                return Err(SchemaError::new("/format", detail));
            }
            None => return Err(SchemaError::new("/format", "expected a number")),
        }
        let names = index.get("objects").and_then(Value::as_array);
        let names = names.and_then(|names| names.iter().map(Value::as_str).collect());
        let names: Option<Vec<_>> = names;
        let names =
            names.ok_or_else(|| SchemaError::new("/objects", "expected a list of names"))?;
        let is_whole = index.get("whole").and_then(Value::as_bool).unwrap_or(false);
        Ok(Self::new(names, is_whole))
    }
}

/// The text of an object's file: its JSON Schema, a line or a few for each field, in the order in
/// which they are shown. Ranks and colours are left out, which would change with every other field.
#[must_use]
pub fn write_snapshot(object: &Object) -> String {
    let mut document = write_schema(object);
    let mut properties = document.get_mut("properties").map(Value::take).unwrap_or_default();
    let fields: Vec<_> = object
        .fields
        .iter()
        .filter_map(|field| {
            let property = properties.get_mut(&*field.name)?;
            plain(property);
            Some((&*field.name, layout::value(property, 2, field.name.len() + 4)))
        })
        .collect();
    let mut members: Vec<_> = HEAD
        .into_iter()
        .filter_map(|key| Some((key, layout::value(document.get(key)?, 1, key.len() + 4))))
        .collect();
    members.push(("properties", layout::object(&fields, 1)));
    layout::object(&members, 0) + "\n"
}

/// The JSON Schema of one field, without what changes when others do: its rank, and the ids and
/// colours of options. So it stands in a snapshot, and so the API takes a new one.
///
/// ```
/// # use clarify_schema::{Field, Kind, write_field};
/// let field = write_field(&Field::new("total", Kind::Number));
/// assert_eq!(field, serde_json::json!({ "type": ["number", "null"], "title": "total" }));
/// ```
#[must_use]
pub fn write_field(field: &Field) -> Value {
    let mut property = write_property(field, 0);
    plain(&mut property);
    property
}

/// Takes away what changes when others do, or follows from the rest.
fn plain(property: &mut Value) {
    let Value::Object(members) = property else { return };
    members.remove("xClarifyEnumMetadata");
    members.remove("xClarifyPrimary");
    if let Some(Value::Object(presentation)) = members.get_mut("xClarifyPresentation") {
        presentation.remove("rank");
        if presentation.is_empty() {
            members.remove("xClarifyPresentation");
        }
    }
    if let Some(items) = property.pointer_mut("/properties/items/items") {
        plain(items);
    }
}

/// Reads the text of an object's file; also any schema document whose fields are to stay in the
/// order in which they stand.
///
/// # Errors
///
/// When it is no JSON, or no object's schema; also when a key stands twice in it, as after a merge of
/// two branches that both added it.
///
/// ```
/// # use clarify_schema::{COMPANY, read_snapshot, write_snapshot};
/// assert_eq!(read_snapshot(&write_snapshot(&COMPANY))?, COMPANY);
/// # Ok::<(), clarify_schema::SchemaError>(())
/// ```
pub fn read_snapshot(text: &str) -> Result<Object, SchemaError> {
    let document: Value = parse(text)?;
    let order = keys(text)?;
    let mut object = read_schema(&document)?;
    let has_ranks = |properties: &Map<String, Value>| {
        properties.values().any(|p| p.pointer("/xClarifyPresentation/rank").is_some())
    };
    if !document.get("properties").and_then(Value::as_object).is_some_and(has_ranks) {
        let in_order = order.iter().filter_map(|name| object.field(name).cloned());
        object.fields = in_order.collect::<Vec<_>>().into();
    }
    Ok(object)
}

pub(super) fn parse(text: &str) -> Result<Value, SchemaError> {
    serde_json::from_str(text).map_err(|error| SchemaError::new("", error.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{BUILT_INS, Kind};

    #[test]
    fn every_object_is_read_back_as_it_was_written() {
        for object in BUILT_INS {
            assert_eq!(&read_snapshot(&write_snapshot(object)).unwrap(), object);
        }
        let options = (0..20).map(|n| format!("Option {n}").into()).collect::<Vec<_>>();
        let mut select = Field::new("zeta", Kind::Select).hidden();
        select.options = options.clone().into();
        let mut labels = Field::new("alpha", Kind::MultiSelect);
        labels.options = options.into();
        let object = Object::named("c_order", vec![select.required(), labels]);
        assert_eq!(read_snapshot(&write_snapshot(&object)).unwrap(), object);
    }

    #[test]
    fn a_new_field_is_a_line_more() {
        let field = |name: &'static str| Field::new(name, Kind::Text);
        let object = |names: &[&'static str]| {
            write_snapshot(&Object::named("c_order", names.iter().map(|n| field(n)).collect()))
        };
        let (before, after) = (object(&["b", "c"]), object(&["a", "b", "c"]));
        let new: Vec<_> = after.lines().filter(|line| !before.contains(line)).collect();
        assert_eq!(new.len(), 1, "{after}");
        assert_eq!(after.lines().count(), before.lines().count() + 1);
    }

    #[test]
    fn a_key_that_stands_twice_is_a_mistake() {
        let text = write_snapshot(&Object::named("c_a", vec![Field::new("b", Kind::Select)]));
        let twice = |key: &str, value: &str| {
            let begin = format!("\"{key}\":");
            let error = read_snapshot(&text.replace(&begin, &format!("{begin}{value},\n{begin}")));
            let line = text.lines().position(|line| line.contains(&begin)).unwrap() + 2;
            let expected = format!("`{key}` stands there twice at line {line} column ");
            let error = error.unwrap_err().to_string();
            assert!(error.starts_with(&expected), "{error}");
        };
        twice("b", "{}");
        twice("title", "\"x\"");
        twice("enum", "[\"A\"]");
        let index = SnapshotIndex::new(["c_a"], true).write().replace("{", "{\"format\": 1,");
        let error = SnapshotIndex::read(&index).unwrap_err().to_string();
        assert!(error.starts_with("`format` stands there twice at line 2 "), "{error}");
    }

    #[test]
    fn fields_with_ranks_are_in_their_order_and_others_in_the_text_s() {
        let text = r#"{ "$id": "c_a", "properties": { "b": {}, "a": {} } }"#;
        let names = |text: &str| {
            let object = read_snapshot(text).unwrap();
            object.fields.iter().map(|field| field.name.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(names(text), ["b", "a"]);
        let ranked = text.replace(r#""a": {}"#, r#""a": {"xClarifyPresentation": {"rank": 0}}"#);
        assert_eq!(names(&ranked), ["a", "b"]);
    }

    #[test]
    fn an_index_has_a_line_for_each_object() {
        let index = SnapshotIndex::new(["person", "c_b", "c_b", "c_a"], true);
        let text = "{\n  \"format\": 1,\n  \"whole\": true,\n  \"objects\": [\n    \"c_a\",\n    \"c_b\",\n    \"person\"\n  ]\n}\n";
        assert_eq!(index.write(), text);
        assert_eq!(SnapshotIndex::read(text).unwrap(), index);
    }

    #[test]
    fn the_index_of_another_version_is_told_from_none() {
        let error = |index: Value| SnapshotIndex::read(&index.to_string()).unwrap_err().to_string();
        let other = error(json!({ "format": 2, "objects": [] }));
        assert_eq!(other, "/format: the snapshot has the form 2, and 1 is known");
        assert_eq!(
            error(json!({ "format": 1, "objects": [1] })),
            "/objects: expected a list of names"
        );
        assert_eq!(error(json!([])), "/format: expected a number");
    }
}
