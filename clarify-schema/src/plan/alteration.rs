//! What changes of a schema as a whole.

use serde_json::{Map, Value, json};

use crate::{Object, Text};

/// What changes of an object's schema where the API takes nothing less than all of it.
///
/// The schema is read, changed and written: what this version does not know of it stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Alteration {
    /// What its records are called to people: one, and several.
    pub labels: Option<(Text, Text)>,
    /// The field that becomes unique.
    pub unique: Option<Text>,
    /// The fields that become required.
    pub required: Vec<Text>,
    /// The fields that go, with their values.
    pub removed: Vec<Text>,
}

impl Alteration {
    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Changes an object.
    pub fn apply(&self, object: &mut Object) {
        if let Some((singular, plural)) = &self.labels {
            (object.singular, object.plural) = (Some(singular.clone()), Some(plural.clone()));
        }
        let fields = object.fields.to_mut();
        fields.retain(|field| !self.removed.contains(&field.name));
        for field in fields {
            field.unique |= self.unique.as_ref() == Some(&field.name);
            field.required |= self.required.contains(&field.name);
        }
    }

    /// Changes the JSON Schema of an object.
    ///
    /// ```
    /// # use clarify_schema::{Alteration, Field, Kind, Object, read_schema, write_schema};
    /// let object = Object::named("c_ticket", vec![Field::new("number", Kind::Text)]);
    /// let mut document = write_schema(&object);
    /// let mut alteration = Alteration::default();
    /// alteration.unique = Some("number".into());
    /// alteration.apply_to_document(&mut document);
    /// assert_eq!(read_schema(&document)?.unique_field().unwrap().name, "number");
    /// # Ok::<(), clarify_schema::SchemaError>(())
    /// ```
    pub fn apply_to_document(&self, document: &mut Value) {
        let Value::Object(members) = document else { return };
        if let Some((singular, plural)) = &self.labels {
            members.insert("title".to_owned(), json!(singular));
            let labels = json!({ "singular": singular, "plural": plural });
            members.insert("xClarifyLabel".to_owned(), labels);
        }
        self.demand(members);
        let Some(Value::Object(properties)) = members.get_mut("properties") else { return };
        self.removed.iter().for_each(|name| drop(properties.remove(&**name)));
        let unique = self.unique.as_ref().and_then(|name| properties.get_mut(&**name));
        if let Some(Value::Object(property)) = unique {
            property.insert("xClarifyUnique".to_owned(), json!(true));
        }
    }

    fn demand(&self, members: &mut Map<String, Value>) {
        let required = members.entry("required").or_insert(Value::Null);
        if required.is_null() {
            *required = json!([]);
        }
        let Value::Array(names) = required else { return };
        names.retain(|name| self.removed.iter().all(|removed| *name != **removed));
        let new = self.required.iter().filter(|name| names.iter().all(|known| *known != ***name));
        let new: Vec<_> = new.map(|name| json!(name)).collect();
        names.extend(new);
    }
}
