//! Fields that a struct does not name.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

/// What the field marked `#[clarify(extra)]` can be: a map from names to JSON. It holds the fields
/// of the record that the struct does not name, and sends them back.
#[diagnostic::on_unimplemented(
    message = "this type can't hold extra fields",
    label = "not a map of JSON values",
    note = "use `serde_json::Map<String, serde_json::Value>`, or a `BTreeMap` or `HashMap` of the same"
)]
pub trait ExtraFields {
    /// Keeps a field.
    fn keep(&mut self, name: &str, value: Value);

    /// Shows each field.
    fn each(&self, show: &mut dyn FnMut(&str, &Value));
}

macro_rules! maps {
    ($($map:ty)*) => {$(
        impl ExtraFields for $map {
            fn keep(&mut self, name: &str, value: Value) {
                self.insert(name.to_owned(), value);
            }

            fn each(&self, show: &mut dyn FnMut(&str, &Value)) {
                for (name, value) in self {
                    show(name, value);
                }
            }
        }
    )*};
}

maps!(Map<String, Value> BTreeMap<String, Value> HashMap<String, Value>);
