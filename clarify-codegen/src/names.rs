//! What everything is called: names of Rust for names and texts of a workspace, each once.

mod distinct;
mod option;

use std::collections::{HashMap, HashSet};

use clarify_schema::{CUSTOM_PREFIX, built_in, custom_object_name};
use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

pub(crate) use distinct::{Level, distinct};
pub(crate) use option::{other, variants};

use crate::IMPORTS;

/// The names that a file has already: those of its structs and enums, which people may have chosen,
/// and those that are taken by other things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The struct of each object.
    pub structs: HashMap<String, String>,
    /// The enum of each select, by its object and field.
    pub selects: HashMap<(String, String), String>,
    /// The enum that stands for an object without a struct.
    pub strangers: HashMap<String, String>,
    /// The names of other types.
    pub taken: HashSet<String>,
    /// The fields of each object's struct, by their names on the wire.
    pub members: HashMap<String, HashMap<String, String>>,
    /// What else the struct of each object has, that is no field of the record.
    pub beside: HashMap<String, HashSet<String>>,
}

impl Names {
    /// Whether nothing new may be called this.
    pub(crate) fn has(&self, name: &str) -> bool {
        let mut given =
            self.structs.values().chain(self.selects.values()).chain(self.strangers.values());
        is_usual(name) || self.taken.contains(name) || given.any(|given| given == name)
    }
}

/// What every Rust program, or every generated one, knows by this name.
fn is_usual(name: &str) -> bool {
    const PRELUDE: [&str; 12] = [
        "Box",
        "Clone",
        "Copy",
        "Debug",
        "Default",
        "Option",
        "PartialEq",
        "Result",
        "Self",
        "Send",
        "String",
        "Vec",
    ];
    PRELUDE.contains(&name) || IMPORTS.iter().any(|(import, _)| *import == name)
}

/// The name of the struct for each object, in their order.
pub(crate) fn structs(objects: &[&str], names: &Names) -> Vec<String> {
    let levels: [Level; 3] = [exact_struct, plain_struct, marked_struct];
    distinct(objects, &levels, &|name| names.has(name))
}

/// Where the derive makes the object's name of the struct's.
fn exact_struct(object: &str) -> Option<String> {
    plain_struct(object).filter(|name| is_object_of(object, name) || built_in(object).is_some())
}

fn plain_struct(object: &str) -> Option<String> {
    let name = object.strip_prefix(CUSTOM_PREFIX).unwrap_or(object).to_upper_camel_case();
    // Another object is meant by these.
    let is_built_in = built_in(&name.to_snake_case()).is_some();
    (!is_built_in || built_in(object).is_some()).then_some(name)
}

fn marked_struct(object: &str) -> Option<String> {
    Some(format!("Custom{}", object.strip_prefix(CUSTOM_PREFIX)?.to_upper_camel_case()))
}

/// Whether the derive makes this object of a struct of this name.
pub(crate) fn is_object_of(object: &str, name: &str) -> bool {
    custom_object_name(name).is_ok_and(|made| {
        made == object && built_in(made.strip_prefix(CUSTOM_PREFIX).unwrap_or(&made)).is_none()
    })
}

/// The name of the enum for each select of an object, in the order of `fields`.
pub(crate) fn selects(structure: &str, fields: &[&str], names: &Names) -> Vec<String> {
    let texts: Vec<_> = fields.iter().map(|field| format!("{structure} {field}")).collect();
    let texts: Vec<_> = texts.iter().map(String::as_str).collect();
    let levels: [Level; 2] = [plain_select, |text| Some(plain_select(text)? + "Option")];
    distinct(&texts, &levels, &|name| names.has(name))
}

/// Of the struct's name and the field's.
fn plain_select(text: &str) -> Option<String> {
    let (structure, field) = text.split_once(' ')?;
    Some(format!("{structure}{}", field.to_upper_camel_case()))
}

/// The name of a struct's field for each field of its object, in their order.
pub(crate) fn members(object: &str, fields: &[&str], names: &Names) -> Vec<String> {
    let none = HashMap::new();
    let given = names.members.get(object).unwrap_or(&none);
    let new: Vec<_> = fields.iter().copied().filter(|field| !given.contains_key(*field)).collect();
    let beside = names.beside.get(object);
    let is_taken = |name: &str| {
        given.values().any(|given| given == name) || beside.is_some_and(|them| them.contains(name))
    };
    let levels: [Level; 2] = [exact_member, plain_member];
    let made: HashMap<_, _> = new.iter().copied().zip(distinct(&new, &levels, &is_taken)).collect();
    let name = |field: &&str| given.get(*field).or_else(|| made.get(*field)).cloned();
    fields.iter().filter_map(name).collect()
}

fn exact_member(field: &str) -> Option<String> {
    plain_member(field).filter(|name| name == field)
}

fn plain_member(field: &str) -> Option<String> {
    let name = field.to_snake_case();
    // These can't be raw identifiers.
    let is_fixed = matches!(&*name, "self" | "super" | "crate");
    Some(if is_fixed { format!("{name}_") } else { name })
}

/// An identifier as source: raw, if it is a word of the language.
#[must_use]
pub fn ident(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("r#{name}") } else { name.to_owned() }
}

const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn structs_of(objects: &[&str]) -> Vec<String> {
        structs(objects, &Names::default())
    }

    #[test]
    fn selects_whose_fields_differ_in_case_alone_are_told_apart() {
        let made = selects("Order", &["status", "Status", "kind"], &Names::default());
        assert_eq!(made, ["OrderStatus3", "OrderStatus2", "OrderKind"]);
    }

    #[test]
    fn structs_are_called_as_their_objects_are() {
        assert_eq!(structs_of(&["person", "c_sales_order"]), ["Person", "SalesOrder"]);
        assert_eq!(structs_of(&["c_person", "person"]), ["CustomPerson", "Person"]);
        assert_eq!(structs_of(&["c_option", "c_user"]), ["CustomOption", "CustomUser"]);
        assert_eq!(structs_of(&["c_a__b", "c_a_b"]), ["AB2", "AB3"]);
        assert_eq!(structs_of(&["c_line_2"]), ["Line2"]);
    }

    #[test]
    fn enums_are_called_by_their_struct_and_field() {
        let names = Names { taken: ["OrderStatus".to_owned()].into(), ..Names::default() };
        assert_eq!(
            selects("Order", &["status", "kind"], &names),
            ["OrderStatusOption", "OrderKind"]
        );
    }

    #[test]
    fn fields_are_in_snake_case_and_each_has_its_own_name() {
        let members = |fields: &[&str]| members("c_a", fields, &Names::default());
        assert_eq!(members(&["fooBar", "foo_bar"]), ["foo_bar2", "foo_bar"]);
        assert_eq!(members(&["Name", "self", "match"]), ["name", "self_", "match"]);
        assert_eq!(ident("match"), "r#match");
    }
}
