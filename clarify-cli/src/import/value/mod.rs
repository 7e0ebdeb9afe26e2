//! From cells to the values of an object's fields.

pub(crate) mod choice;
pub(crate) mod date;
pub(crate) mod id;
pub(crate) mod number;

use clarify_schema::{Field, Kind};
use jiff::tz::TimeZone;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::link::Lookup;
use super::read::Cell;

/// How the cells of one column become values.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub(crate) field: Field,
    pub(crate) mark: number::Mark,
    pub(crate) form: date::Form,
    /// A column of ticks: who has none is not ticked.
    pub(crate) empty_is_false: bool,
    /// A collection's items are divided by it.
    pub(crate) separator: String,
    pub(crate) zone: TimeZone,
    /// For a link that is named by another field than its id.
    pub(crate) lookup: Option<Lookup>,
}

/// A value as JSON; nothing, if the cell says nothing; or what is wrong with it.
type Read = Result<Option<Box<RawValue>>, String>;

impl Shape {
    /// The value of a cell that is not empty.
    pub(crate) fn value(&self, cell: &Cell) -> Read {
        match cell {
            Cell::Absent => Ok(self.nothing()),
            Cell::Text(text) => self.of_text(text).map(Some),
            Cell::Json(json) => self.of_json(json),
        }
    }

    /// The value of a cell without one.
    pub(crate) fn nothing(&self) -> Option<Box<RawValue>> {
        self.empty_is_false.then(|| raw("false".to_owned())).flatten()
    }

    fn of_text(&self, text: &str) -> Result<Box<RawValue>, String> {
        if let Some(json) = self.json_in(text) {
            return Ok(json);
        }
        let json = match self.field.kind {
            Kind::Number | Kind::Currency => number::read(text, self.mark)?,
            Kind::Date => quoted(&date::read(text, &self.form)?.day()),
            Kind::DateTime => quoted(&date::read(text, &self.form)?.instant(&self.zone)?),
            Kind::Checkbox => choice::checkbox(text)?.to_string(),
            Kind::Select => quoted(choice::option(&self.field, text)?),
            Kind::ToOne => quoted(&self.link(text)?),
            Kind::RichText => {
                return Err("rich text is read from JSON: `{\"text\": [...]}`".to_owned());
            }
            kind if kind.is_collection() => {
                let items = text.split(&*self.separator).map(str::trim);
                self.collection(items.filter(|item| !item.is_empty()))?
            }
            _ => quoted(text),
        };
        raw(json).ok_or_else(|| format!("`{text}` can't be sent"))
    }

    /// The JSON that an export writes into a cell, where a text could not hold the value.
    fn json_in(&self, text: &str) -> Option<Box<RawValue>> {
        let has_structure = self.field.kind.is_collection()
            || matches!(
                self.field.kind,
                Kind::PersonName | Kind::RichText | Kind::Location | Kind::Other
            );
        let json = (has_structure && text.starts_with(['[', '{'])).then_some(text)?;
        self.of_json(&raw(json.to_owned())?).ok().flatten()
    }

    /// JSON has kinds of its own: they are taken where they fit, and else as texts.
    fn of_json(&self, json: &RawValue) -> Read {
        let value: Value = serde_json::from_str(json.get()).map_err(|error| error.to_string())?;
        match (self.field.kind, value) {
            (Kind::Number | Kind::Currency, Value::Number(_)) => {
                number::read_json(json.get()).map(|()| Some(json.to_owned()))
            }
            (Kind::Checkbox, Value::Bool(_)) => Ok(Some(json.to_owned())),
            (kind, Value::Array(items)) if kind.is_collection() => self.of_items(&items),
            (kind, Value::Object(members)) if kind.is_collection() => match members.get("items") {
                Some(Value::Array(items)) => self.of_items(items),
                _ => Err("an object is no collection".to_owned()),
            },
            (Kind::PersonName | Kind::RichText | Kind::Location | Kind::Other, _) => {
                Ok(Some(json.to_owned()))
            }
            (Kind::Text | Kind::LongText, Value::Array(items)) => {
                let items = self.texts(&items)?;
                Ok(raw(quoted(&items.join(&format!("{} ", self.separator)))))
            }
            (kind, Value::Array(_) | Value::Object(_)) => {
                Err(format!("a field of the kind `{}` takes one value", kind.name()))
            }
            _ => self.of_text(json.get()).map(Some),
        }
    }

    fn of_items(&self, items: &[Value]) -> Read {
        let texts = self.texts(items)?;
        Ok(raw(self.collection(texts.iter().map(String::as_str))?))
    }

    /// The items of a list, as texts that are not empty.
    fn texts(&self, items: &[Value]) -> Result<Vec<String>, String> {
        let text = |item: &Value| match item {
            Value::String(text) => Ok(text.trim().to_owned()),
            Value::Number(number) => Ok(number.to_string()),
            Value::Null => Ok(String::new()),
            other => Err(format!("`{other}` is no item of a list in `{}`", self.field.name)),
        };
        let texts: Vec<String> = items.iter().map(text).collect::<Result<_, _>>()?;
        Ok(texts.into_iter().filter(|text| !text.is_empty()).collect())
    }

    fn collection<'t>(&self, items: impl Iterator<Item = &'t str>) -> Result<String, String> {
        let is_select = self.field.kind == Kind::MultiSelect;
        let own = |item: &'t str| match is_select {
            true => choice::option(&self.field, item).map(str::to_owned),
            false => Ok(item.to_owned()),
        };
        let items: Vec<String> = items.map(own).collect::<Result<_, _>>()?;
        Ok(json!({ "items": items }).to_string())
    }

    fn link(&self, text: &str) -> Result<String, String> {
        match &self.lookup {
            Some(lookup) => lookup.find(text),
            None if id::is_id(&self.field, text) => Ok(text.trim().to_owned()),
            None => Err(id::no_id(&self.field, text)),
        }
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn raw(json: String) -> Option<Box<RawValue>> {
    RawValue::from_string(json).ok()
}
