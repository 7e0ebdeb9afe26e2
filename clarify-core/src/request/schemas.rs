//! The calls on the workspace's schemas.

use std::borrow::Cow;

use clarify_schema::{Field, Object, Text, schema_id, write_field};
use http::Method;
use serde_core::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use super::Call;
use super::endpoint::segment;
use crate::Error;
use crate::error::{Cause, Problem};

const SCHEMAS: &str = "/schemas";
const OBJECTS: &str = "/schemas/objects";
const OBJECT: &str = "/schemas/objects/{object}";
const PROPERTIES: &str = "/schemas/{object}/properties";
const ORDER: &str = "/schemas/{object}/fields-order";
const RELATIONSHIPS: &str = "/schemas/{object}/relationships";
const RELATIONSHIP: &str = "/schemas/{object}/relationships/{field}";

/// The calls on the workspace's schemas, each as a value.
///
/// Those that add something are refused when it is there already, so they are not sent again where an
/// answer was lost: look at the schemas before another try.
#[derive(Clone, Copy, Debug, Default)]
pub struct SchemaCalls;

impl SchemaCalls {
    /// `GET /schemas`: the first page of the workspace's schemas.
    #[must_use]
    pub fn list(self) -> Call {
        Call::new(Method::GET, SCHEMAS.to_owned(), SCHEMAS, Cow::Borrowed(""))
    }

    /// The page behind one that was answered; nothing behind the last one.
    ///
    /// Of the link that the page has, just the query is taken: where requests and the key go, no
    /// answer decides.
    #[must_use]
    pub fn next(self, page: &Value) -> Option<Call> {
        let link = page.pointer("/links/next").and_then(Value::as_str)?;
        let (_, query) = link.split_once('?')?;
        let query = query.split('#').next().unwrap_or_default();
        Some(Call { query: query.to_owned(), ..self.list() })
    }

    /// `POST /schemas/objects`: makes a custom object with its fields. The service makes its name of
    /// the label.
    ///
    /// # Errors
    ///
    /// When no label makes the object's name.
    pub fn create(self, object: &Object) -> Result<Call, Error> {
        let name = Cow::Owned(object.name.to_string());
        let call = Call::new(Method::POST, OBJECTS.to_owned(), OBJECTS, name);
        let Some((label, plural)) = object.made_with() else {
            return Err(unsendable(&call, format!("no label makes the name `{}`", object.name)));
        };
        let mut properties = InOrder::default();
        for (rank, field) in object.fields.iter().enumerate() {
            let mut property = write_field(field);
            set_rank(&mut property, rank);
            properties.set(&field.name, &property);
        }
        let required = object.fields.iter().filter(|field| field.required);
        let required: Vec<_> = required.map(|field| &*field.name).collect();
        let description = object.description.as_deref().filter(|text| !text.is_empty());
        let mut body = InOrder::default();
        body.set("name", &json!(label));
        body.set("plural", &json!(plural));
        if let Some(description) = description {
            body.set("description", &json!(description));
        }
        if !required.is_empty() {
            body.set("required", &json!(required));
        }
        body.set("properties", &properties);
        Ok(call.body(to_json(&body)))
    }

    /// `POST /schemas/{object}/properties`: adds fields to an object. Whether they are required is not
    /// said: records that are there do not have them.
    ///
    /// # Errors
    ///
    /// When the name of the object can't stand in a path.
    pub fn add_fields(self, object: &str, fields: &[Field]) -> Result<Call, Error> {
        let call = on_object(Method::POST, object, PROPERTIES)?;
        Ok(call.body(data("schema-properties", &properties(fields))))
    }

    /// `POST /schemas/{object}/relationships`: adds a relationship, with both its sides: a field of
    /// each of two objects.
    ///
    /// # Errors
    ///
    /// When the name of the object can't stand in a path.
    pub fn add_relationship(self, sides: [(&str, &Field); 2]) -> Result<Call, Error> {
        let [(object, _), _] = sides;
        let mut attributes = InOrder::default();
        for (object, _) in sides {
            let of_it = sides.iter().filter(|(other, _)| *other == object);
            attributes.set(object, &properties(of_it.map(|(_, field)| *field)));
        }
        let call = on_object(Method::POST, object, RELATIONSHIPS)?;
        Ok(call.body(data("relationship", &attributes)))
    }

    /// `DELETE /schemas/{object}/relationships/{field}`: removes a relationship, both its sides with
    /// all links.
    ///
    /// # Errors
    ///
    /// When a name can't stand in a path.
    pub fn remove_relationship(self, object: &str, field: &str) -> Result<Call, Error> {
        let call = on_object(Method::DELETE, object, RELATIONSHIP)?;
        let Some(field) = segment(field) else {
            return Err(unsendable(&call, format!("`{field}` can't be the name of a field")));
        };
        Ok(Call { path: call.path.replace("{field}", &field), ..call })
    }

    /// `PATCH /schemas`: adds options to a select.
    #[must_use]
    pub fn add_options(self, object: &str, field: &str, options: &[Text]) -> Call {
        edit_options(object, field, options, "append")
    }

    /// `PATCH /schemas`: takes options from a select, and from the records that use them.
    #[must_use]
    pub fn remove_options(self, object: &str, field: &str, options: &[Text]) -> Call {
        edit_options(object, field, options, "remove")
    }

    /// `PATCH /schemas/{object}/fields-order`: shows the fields of an object in this order.
    ///
    /// # Errors
    ///
    /// When the name of the object can't stand in a path.
    pub fn order_fields(self, object: &str, fields: &[Text]) -> Result<Call, Error> {
        let call = on_object(Method::PATCH, object, ORDER)?;
        Ok(call.body(data("schema-property-order", &json!({ "order": fields }))))
    }

    /// `PUT /schemas/objects/{object}`: replaces the schema of an object. What it leaves out goes, with
    /// the values that records have of it: send what [`Schemas::documents`] read, with changes.
    ///
    /// # Errors
    ///
    /// When the name of the object can't stand in a path.
    ///
    /// [`Schemas::documents`]: crate::Schemas::documents
    pub fn replace(self, object: &str, document: &Value) -> Result<Call, Error> {
        let call = on_object(Method::PUT, object, OBJECT)?;
        Ok(call.body(to_json(document)))
    }
}

fn on_object(method: Method, object: &str, route: &'static str) -> Result<Call, Error> {
    let call = Call::new(method, route.to_owned(), route, Cow::Owned(object.to_owned()));
    match segment(object) {
        Some(object) => Ok(Call { path: route.replace("{object}", &object), ..call }),
        None => Err(unsendable(&call, format!("`{object}` can't be the name of an object"))),
    }
}

fn unsendable(call: &Call, detail: String) -> Error {
    call.error(Cause::Unsendable(vec![Problem::new("", detail)]))
}

/// An edit that is done already is refused by some services, so it is not repeated.
fn edit_options(object: &str, field: &str, options: &[Text], manner: &str) -> Call {
    let entry = json!({
        "type": "schema-properties",
        "id": schema_id(object),
        "attributes": { field: { "enum": options } },
        "meta": { field: { "enum": manner } },
    });
    let name = Cow::Owned(object.to_owned());
    let call = Call::new(Method::PATCH, SCHEMAS.to_owned(), SCHEMAS, name).repeatable(false);
    call.body(to_json(&json!({ "data": [entry] })))
}

/// The JSON Schemas of fields, in their order.
fn properties<'f>(fields: impl IntoIterator<Item = &'f Field>) -> InOrder<'f> {
    let mut properties = InOrder::default();
    for field in fields {
        properties.set(&field.name, &write_field(field));
    }
    properties
}

fn set_rank(property: &mut Value, rank: usize) {
    let Value::Object(members) = property else { return };
    let presentation = members.entry("xClarifyPresentation").or_insert_with(|| json!({}));
    if let Value::Object(presentation) = presentation {
        presentation.insert("rank".to_owned(), json!(rank));
    }
}

fn data(of_type: &str, attributes: &impl Serialize) -> Vec<u8> {
    let (mut body, mut data) = (InOrder::default(), InOrder::default());
    data.set("type", &json!(of_type));
    data.set("attributes", attributes);
    body.set("data", &data);
    to_json(&body)
}

/// The members of a JSON object in their order, which a `Value` does not keep. Of two of one name the
/// last counts.
#[derive(Default)]
struct InOrder<'m>(Vec<(&'m str, Box<RawValue>)>);

impl<'m> InOrder<'m> {
    fn set(&mut self, name: &'m str, value: &impl Serialize) {
        // Names and values are JSON, always.
        let json = to_raw_value(value).unwrap_or_default();
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = json,
            None => self.0.push((name, json)),
        }
    }
}

impl Serialize for InOrder<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, json)| (name, json)))
    }
}

/// Names and values as JSON, which can't fail.
fn to_json(body: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(body).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use clarify_schema::Kind;

    use super::*;

    /// The verb, the path and the body of a call, and whether it may be repeated.
    fn sent(call: Result<Call, Error>) -> (String, Value, bool) {
        let call = call.unwrap();
        let body = serde_json::from_slice(&call.body).unwrap_or_default();
        (format!("{} {}", call.method, call.path), body, call.repeatable)
    }

    #[test]
    fn an_object_is_made_by_its_label_with_its_fields_in_order() {
        let fields = vec![
            Field::new("number", Kind::Text).required().unique(),
            Field::new("amount", Kind::Currency),
        ];
        let order = Object::named("c_order", fields).labels("Order", "Orders");
        let call = SchemaCalls.create(&order).unwrap();
        let expected = concat!(
            r#"{"name":"Order","plural":"Orders","required":["number"],"properties":{"#,
            r#""number":{"title":"number","type":["string","null"],"#,
            r#""xClarifyPresentation":{"rank":0},"xClarifyUnique":true},"#,
            r#""amount":{"title":"amount","type":["number","null"],"xClarifyKind":"currency","#,
            r#""xClarifyPresentation":{"rank":1}}}}"#,
        );
        assert_eq!(std::str::from_utf8(&call.body).unwrap(), expected);
        assert_eq!((&*call.path, call.repeatable), ("/schemas/objects", false));
        let odd = SchemaCalls.create(&Object::named("c_a__b", vec![])).unwrap_err();
        assert!(odd.to_string().contains("no label makes the name `c_a__b`"), "{odd}");
    }

    #[test]
    fn fields_and_relationships_are_added_to_an_object() {
        let note = Field::new("note", Kind::Text).required();
        let (line, body, repeatable) = sent(SchemaCalls.add_fields("company", &[note]));
        assert_eq!((&*line, repeatable), ("POST /schemas/company/properties", false));
        let property = json!({ "type": ["string", "null"], "title": "note" });
        let expected = json!({ "type": "schema-properties", "attributes": { "note": property } });
        assert_eq!(body, json!({ "data": expected }));

        let here = Field::new("parent_id", Kind::ToOne).target("c_a").inverse("children");
        let there = Field::new("children", Kind::ToMany).target("c_a").inverse("parent_id");
        let sides = [("c_a", &here), ("c_a", &there)];
        let (line, body, _) = sent(SchemaCalls.add_relationship(sides));
        assert_eq!(line, "POST /schemas/c_a/relationships");
        let sides = body.pointer("/data/attributes/c_a").and_then(Value::as_object).unwrap();
        assert_eq!(sides.keys().collect::<Vec<_>>(), ["children", "parent_id"]);
        let (line, _, repeatable) = sent(SchemaCalls.remove_relationship("c_a", "children"));
        assert_eq!((&*line, repeatable), ("DELETE /schemas/c_a/relationships/children", true));
    }

    #[test]
    fn options_are_edited_once() {
        let call = SchemaCalls.remove_options("deal", "stage", &["Lost".into()]);
        let (line, body, repeatable) = sent(Ok(call));
        assert_eq!((&*line, repeatable), ("PATCH /schemas", false));
        let expected = json!({
            "type": "schema-properties",
            "id": "https://getclarify.ai/schemas/entities/deal",
            "attributes": { "stage": { "enum": ["Lost"] } },
            "meta": { "stage": { "enum": "remove" } },
        });
        assert_eq!(body, json!({ "data": [expected] }));
    }

    #[test]
    fn no_name_leads_elsewhere() {
        SchemaCalls.add_fields("..", &[]).unwrap_err();
        SchemaCalls.remove_relationship("c_a", "..").unwrap_err();
        let (line, ..) = sent(SchemaCalls.order_fields("a/b", &[]));
        assert_eq!(line, "PATCH /schemas/a%2Fb/fields-order");
    }

    #[test]
    fn of_a_link_the_query_is_taken() {
        let next = |link: Value| SchemaCalls.next(&json!({ "links": { "next": link } }));
        let call = next(json!("http://elsewhere.example/schemas?page[cursor]=c_a#top")).unwrap();
        assert_eq!((&*call.path, &*call.query), ("/schemas", "page[cursor]=c_a"));
        assert!(next(Value::Null).is_none());
        assert!(next(json!("https://api.clarify.ai/schemas")).is_none());
        assert!(SchemaCalls.next(&json!({})).is_none());
    }
}
