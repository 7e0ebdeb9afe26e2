//! What a struct or an enum means, checked against the rules of objects.

use std::collections::HashMap;

use clarify_schema::{
    CUSTOM_PREFIX, Kind, Object, built_in, check_field_name, check_object_name, custom_object_name,
    option_text,
};
use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::{Fields, Ident, Type};

use crate::errors::{Errors, suggestion};
use crate::input::{FieldInput, ObjectInput, Role, SelectInput, VariantInput};

/// A struct as an object.
pub(crate) struct ObjectModel<'i> {
    pub(crate) input: ObjectInput<'i>,
    pub(crate) name: String,
    /// The fields of the record, in the struct's order.
    pub(crate) columns: Vec<Column>,
    pub(crate) has_unique: bool,
}

/// A field of the record.
pub(crate) struct Column {
    /// Its place among the struct's fields.
    pub(crate) place: usize,
    pub(crate) name: String,
    /// The kind that is said or known; else the type decides.
    pub(crate) kind: Option<Kind>,
    /// Whether the struct says it.
    pub(crate) says_kind: bool,
    pub(crate) unique: bool,
    pub(crate) read_only: bool,
    /// The name of its constant, unless an earlier field has taken it.
    pub(crate) constant: Option<String>,
}

impl<'i> ObjectModel<'i> {
    pub(crate) fn new(input: ObjectInput<'i>, errors: &mut Errors) -> Self {
        let name = object_name(&input, errors);
        let known = built_in(&name);
        let fields = input.fields.iter().enumerate().filter(|(_, field)| field.role == Role::Field);
        let mut columns: Vec<_> =
            fields.map(|(place, field)| column(place, field, known, errors)).collect();
        check_constants(&input, &mut columns, errors);
        check_names(&input, &columns, errors);
        check_unique(&input, &columns, known, errors);
        check_one_extra(&input, errors);
        let has_unique = columns.iter().any(|column| column.unique);
        Self { input, name, columns, has_unique }
    }
}

fn object_name(input: &ObjectInput<'_>, errors: &mut Errors) -> String {
    let ident = &input.item.ident;
    if let Some(object) = &input.object {
        let name = object.value();
        if let Err(error) = check_object_name(&name) {
            let what = format!("{} can't be an object's name: {error}", quoted(&name));
            errors.add(object.span(), what, &object_name_help(&name));
        }
        return name;
    }
    let label = ident.unraw().to_string();
    let name = custom_object_name(&label).unwrap_or_else(|error| {
        let what = format!("`{label}` makes no name for an object: {error}");
        errors.add(ident.span(), what, "say the name: `#[clarify(object = \"c_…\")]`");
        CUSTOM_PREFIX.to_owned()
    });
    let bare = name.strip_prefix(CUSTOM_PREFIX).unwrap_or(&name);
    if built_in(bare).is_some() {
        let what = format!("`{label}` bears the name of the built-in object `{bare}`");
        let help = format!(
            "say which one is meant: `#[clarify(object = \"{bare}\")]`, or `object = \"{name}\"` for a custom object"
        );
        errors.add(ident.span(), what, &help);
    }
    name
}

fn quoted(name: &str) -> String {
    if name.is_empty() { "an empty text".to_owned() } else { format!("`{name}`") }
}

fn object_name_help(name: &str) -> String {
    let near = suggestion(name, &["person", "company", "deal", "meeting", "task"]);
    if near.starts_with("did you mean") {
        return near;
    }
    match custom_object_name(name) {
        Ok(custom) if !name.starts_with(CUSTOM_PREFIX) => {
            format!("as a custom object it would be `{custom}`")
        }
        _ => format!("{near}, or a custom name such as `c_sales_order`"),
    }
}

fn column(
    place: usize,
    field: &FieldInput<'_>,
    known: Option<&Object>,
    errors: &mut Errors,
) -> Column {
    let name = wire_name(field);
    if let Err(error) = check_field_name(&name) {
        let what = format!("{} can't be a field's name: {error}", quoted(&name));
        errors.add(name_span(field), what, &field_name_help(&name));
    }
    if let (Some(span), true) = (field.unique, field.read_only) {
        let what = format!("`{name}` can't be both unique and read-only: an upsert has to send it");
        errors.add(span, what, "keep one of them");
    }
    let known = known.and_then(|object| object.field(&name));
    if let (Some(known), Some((kind, span))) = (known, field.kind)
        && known.kind != kind
    {
        let what = format!("`{name}` is a built-in field of another kind: `{}`", known.kind.name());
        errors.add(span, what, "leave `kind` out: the built-in's own is taken");
    }
    Column {
        place,
        kind: known.map(|known| known.kind).or(field.kind.map(|(kind, _)| kind)),
        says_kind: field.kind.is_some(),
        unique: field.unique.is_some() || known.is_some_and(|known| known.unique),
        read_only: field.read_only,
        constant: Some(constant_name(field.ident)),
        name,
    }
}

/// A field's name on the wire.
pub(crate) fn wire_name(field: &FieldInput<'_>) -> String {
    let ident = || field.ident.unraw().to_string();
    field.rename.as_ref().map_or_else(ident, syn::LitStr::value)
}

/// Where a field's name on the wire stands.
pub(crate) fn name_span(field: &FieldInput<'_>) -> Span {
    field.rename.as_ref().map_or(field.ident.span(), syn::LitStr::span)
}

fn field_name_help(name: &str) -> String {
    match name {
        "id" => "take the field away: the id is in `Record`".to_owned(),
        "_created_at" | "_updated_at" => {
            format!("take the field away: it is in `Record`, as `{}`", name.trim_start_matches('_'))
        }
        _ => "say another name on the wire: `#[clarify(rename = \"…\")]`".to_owned(),
    }
}

fn check_names(input: &ObjectInput<'_>, columns: &[Column], errors: &mut Errors) {
    let mut seen: HashMap<&str, &Ident> = HashMap::new();
    for column in columns {
        let Some(field) = input.fields.get(column.place) else { continue };
        if let Some(first) = seen.insert(&column.name, field.ident) {
            let what =
                format!("`{first}` and `{}` are both `{}` on the wire", field.ident, column.name);
            errors.add(name_span(field), what, "give one of them another `rename`");
        }
    }
}

fn check_constants(input: &ObjectInput<'_>, columns: &mut [Column], errors: &mut Errors) {
    let mut seen: HashMap<String, &Ident> = HashMap::new();
    for column in columns {
        let Some(field) = input.fields.get(column.place) else { continue };
        let Some(constant) = column.constant.clone() else { continue };
        if let Some(first) = seen.get(&constant) {
            let what =
                format!("`{first}` and `{}` both have the constant `{constant}`", field.ident);
            let help = "give one of them a name that differs in more than case";
            errors.add(field.ident.span(), what, help);
            column.constant = None;
        }
        seen.entry(constant).or_insert(field.ident);
    }
}

/// The name of a field's constant.
fn constant_name(field: &Ident) -> String {
    field.unraw().to_string().to_uppercase()
}

fn check_unique(
    input: &ObjectInput<'_>,
    columns: &[Column],
    known: Option<&Object>,
    errors: &mut Errors,
) {
    let mut first: Option<&Column> = None;
    for column in columns.iter().filter(|column| column.unique) {
        let field = input.fields.get(column.place);
        let Some(span) = field.and_then(|field| field.unique) else {
            first = Some(column);
            continue;
        };
        if let Some(known) = known {
            check_unique_of_built_in(known, column, span, errors);
        } else if let Some(first) = first {
            let what =
                format!("`{}` is unique already: an object has one unique field", first.name);
            errors.add(span, what, "mark the one that upserts are to match on");
        } else if let Some(kind) = column.kind.filter(|kind| !kind.can_be_unique()) {
            let what = format!("a field of the kind `{}` can't be unique", kind.name());
            errors.add(span, what, "upserts match on texts, numbers and collections of texts");
        }
        first = Some(column);
    }
}

fn check_unique_of_built_in(known: &Object, column: &Column, span: Span, errors: &mut Errors) {
    match known.unique_field() {
        Some(own) if own.name == column.name => {}
        Some(own) => {
            let what = format!(
                "`{}` can't be unique: `{}` is matched on `{}`",
                column.name, known.name, own.name
            );
            errors.add(span, what, &format!("mark `{}`, or nothing", own.name));
        }
        None => {
            let what =
                format!("`{}` has no unique field: every create makes a new record", known.name);
            errors.add(span, what, "leave `unique` out");
        }
    }
}

fn check_one_extra(input: &ObjectInput<'_>, errors: &mut Errors) {
    let extras = input.fields.iter().filter(|field| field.role == Role::Extra);
    for second in extras.skip(1) {
        let help = "one map holds them all";
        errors.add(second.ident.span(), "a struct has one `extra` field at most", help);
    }
}

/// An enum as a select.
pub(crate) struct SelectModel<'i> {
    pub(crate) input: SelectInput<'i>,
    /// The variants that are options, with their texts.
    pub(crate) options: Vec<(&'i Ident, String)>,
    /// The variant that keeps unknown texts, and the type in which it does.
    pub(crate) other: Option<(&'i Ident, &'i Type)>,
}

impl<'i> SelectModel<'i> {
    pub(crate) fn new(input: SelectInput<'i>, errors: &mut Errors) -> Self {
        let mut options: Vec<(&Ident, String)> = Vec::new();
        let mut other = None;
        for variant in &input.variants {
            if let Some(span) = variant.other {
                other = check_other(variant, other, span, errors);
            } else {
                let text = option(variant, errors);
                if options.iter().any(|(_, earlier)| *earlier == text) {
                    let what = format!("two variants are the option `{text}`");
                    errors.add(
                        variant.variant.ident.span(),
                        what,
                        "give one of them another `rename`",
                    );
                }
                options.push((&variant.variant.ident, text));
            }
        }
        if input.variants.is_empty() {
            let what = "a select without options can have no value";
            errors.add(input.item.ident.span(), what, "add a variant for each option");
        }
        Self { input, options, other }
    }
}

fn option(variant: &VariantInput<'_>, errors: &mut Errors) -> String {
    if !matches!(variant.variant.fields, Fields::Unit) {
        let help =
            "mark it `#[clarify(other)]` if it is to keep unknown options, or take its fields away";
        errors.add(variant.variant.ident.span(), "an option holds nothing", help);
    }
    match &variant.rename {
        Some(text) if text.value().is_empty() => {
            let what = "an option can't be without a text";
            errors.add(text.span(), what, "write the option as the workspace has it");
            String::new()
        }
        Some(text) => text.value(),
        None => option_text(&variant.variant.ident.unraw().to_string()),
    }
}

fn check_other<'i>(
    input: &VariantInput<'i>,
    earlier: Option<(&'i Ident, &'i Type)>,
    span: Span,
    errors: &mut Errors,
) -> Option<(&'i Ident, &'i Type)> {
    if let Some((earlier, _)) = earlier {
        let what = format!("`{earlier}` keeps the unknown options already");
        errors.add(span, what, "mark one variant `other`");
    }
    let variant = input.variant;
    match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            fields.unnamed.first().map(|field| (&variant.ident, &field.ty))
        }
        _ => {
            let what = "the `other` variant keeps the text of an unknown option";
            errors.add(variant.ident.span(), what, &format!("write `{}(String)`", variant.ident));
            None
        }
    }
}
