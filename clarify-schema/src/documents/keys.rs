//! What a `Value` does not keep of a text: the order of its keys, and those that stand there twice.

use std::collections::HashSet;
use std::fmt;

use serde_core::Deserializer;
use serde_core::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};

use super::document::SchemaError;

/// The names of the properties of a schema as they stand in its text: a `Value` sorts them.
///
/// # Errors
///
/// When a key stands twice in an object: of two values one would be lost. It is named, with its line.
pub(super) fn keys(text: &str) -> Result<Vec<String>, SchemaError> {
    let mut order = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let document = Keys { depth: 0, is_properties: false, order: &mut order };
    let read = document.deserialize(&mut deserializer);
    read.map_err(|error| SchemaError::new("", error.to_string()))?;
    Ok(order)
}

/// A value, of which nothing but the keys counts.
struct Keys<'o> {
    depth: usize,
    /// Whether its keys are the names of properties.
    is_properties: bool,
    order: &'o mut Vec<String>,
}

impl Keys<'_> {
    fn inside(&mut self, key: &str) -> Keys<'_> {
        let is_properties = self.depth == 0 && key == "properties";
        Keys { depth: self.depth + 1, is_properties, order: self.order }
    }
}

impl<'de> DeserializeSeed<'de> for Keys<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut keys = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if keys.contains(&key) {
                return Err(A::Error::custom(format_args!("`{key}` stands there twice")));
            }
            map.next_value_seed(self.inside(&key))?;
            if self.is_properties {
                self.order.push(key.clone());
            }
            keys.insert(key);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(self.inside(""))?.is_some() {}
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
