//! Whether the type that people gave a field can hold what the field is.

use clarify_codegen::{Leaf, Many, Names, Type};
use clarify_schema::{Field, Kind, Object, built_in};
use syn::{GenericArgument, PathArguments};

use super::names::{Selected, other_meanings};
use super::source::{FieldSite, leaf, value};

/// How a field's type stands to the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It holds it; or it is a type of the program's own, of which the compiler knows more.
    Good,
    /// It holds one value, and there may be none.
    NeedsOption,
    /// It may hold none, and there is always one.
    NeedsNone,
    /// It holds something else.
    Bad,
}

/// What the types of a file are.
#[derive(Clone, Copy)]
pub(super) struct Types<'t> {
    pub(super) names: &'t Names,
    pub(super) selected: &'t [Selected],
}

/// How the type of a struct's field stands to the field, and to the type that would be generated.
pub(super) fn fit(
    site: &FieldSite<'_>,
    object: &Object,
    field: &Field,
    expected: &Type,
    types: Types<'_>,
) -> Fit {
    let names = types.names;
    let ty = &site.field.ty;
    if is_own(ty, names) {
        return Fit::Good;
    }
    let Some((many, one)) = shape(ty) else { return Fit::Good };
    let Some(kind) = kind(site, object, &field.name, many, &one, types) else { return Fit::Good };
    let is_collection = many == Many::Collection;
    // A `Value` takes the whole of a collection.
    let is_whole = one == "Value";
    if !kind.is_known_as(field.kind) || (is_collection != kind.is_collection() && !is_whole) {
        return Fit::Bad;
    }
    if leads_elsewhere(ty, field, expected, names) {
        return Fit::Bad;
    }
    match (many, field.required) {
        _ if kind.is_collection() => Fit::Good,
        (Many::One, false) => Fit::NeedsOption,
        (Many::Optional, true) => Fit::NeedsNone,
        _ => Fit::Good,
    }
}

/// How many values a type has, and the name of the type of one.
fn shape(ty: &syn::Type) -> Option<(Many, String)> {
    let many = match &*leaf(ty)? {
        "Option" => Many::Optional,
        "Vec" => Many::Collection,
        _ => Many::One,
    };
    let one = if many == Many::One { ty } else { argument(ty)? };
    Some((many, leaf(one)?))
}

/// The `T` of `Name<T>`.
pub(super) fn argument(ty: &syn::Type) -> Option<&syn::Type> {
    let syn::Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(list) = &path.path.segments.last()?.arguments else {
        return None;
    };
    match list.args.first()? {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

/// Whether a type is the program's own, with a name that the library has too.
fn is_own(ty: &syn::Type, names: &Names) -> bool {
    let syn::Type::Path(one) = argument(ty).unwrap_or(ty) else { return false };
    let name = one.path.get_ident().map(ToString::to_string);
    name.is_some_and(|name| other_meanings(names).any(|other| *other == name))
}

/// The kind that the derive takes the field for; nothing, if that is for its type to say.
fn kind(
    site: &FieldSite<'_>,
    object: &Object,
    name: &str,
    many: Many,
    one: &str,
    types: Types<'_>,
) -> Option<Kind> {
    let own = own_kind(many, one, types.selected)?;
    let known = built_in(&object.name).and_then(|object| object.field(name)).map(|f| f.kind);
    let said = value(&site.arguments, "kind").and_then(|kind| Kind::parse(&kind));
    Some(known.or(said).unwrap_or(own))
}

fn own_kind(many: Many, one: &str, selected: &[Selected]) -> Option<Kind> {
    let is_select = selected.iter().any(|it| it.name == one);
    Some(match (many, one) {
        (Many::Collection, "String") => Kind::Texts,
        (Many::Collection, _) => return is_select.then_some(Kind::MultiSelect),
        (_, "String") => Kind::Text,
        (_, "bool") => Kind::Checkbox,
        (_, "Decimal" | "f64" | "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64") => {
            Kind::Number
        }
        (_, "Date") => Kind::Date,
        (_, "Timestamp") => Kind::DateTime,
        (_, "PersonName") => Kind::PersonName,
        (_, "RichText") => Kind::RichText,
        (_, "RecordId") => Kind::ToOne,
        (_, "Value") => Kind::Other,
        _ => return is_select.then_some(Kind::Select),
    })
}

/// Whether a link leads to another object than it should; what the file does not name may be right.
fn leads_elsewhere(ty: &syn::Type, field: &Field, expected: &Type, names: &Names) -> bool {
    let link = if leaf(ty).is_some_and(|name| name == "Option") { argument(ty) } else { Some(ty) };
    let Some(target) = link.and_then(argument).and_then(leaf) else { return false };
    let known = names.strangers.iter().chain(&names.structs);
    let mut known = known.filter(|(_, name)| **name == target).map(|(object, _)| &**object);
    match &expected.leaf {
        Leaf::User => known.next().is_some(),
        Leaf::Link(_) if target == "User" => true,
        Leaf::Link(_) => {
            let objects: Vec<_> = known.collect();
            !objects.is_empty() && !objects.iter().any(|it| field.target.as_deref() == Some(it))
        }
        _ => false,
    }
}
