//! From objects to what is generated.

use std::collections::HashSet;

use clarify_schema::{CUSTOM_PREFIX, Field, Kind, Object, Text, built_in, check_field_name};
use heck::ToUpperCamelCase as _;

use crate::docs;
use crate::item::{Generated, LeftOut, Member, Select, Stranger, Struct, Variant};
use crate::names::{self, Names};
use crate::types::{Type, own_kind, type_of};

/// What is generated for some objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// For each object, in the order in which they were given.
    pub objects: Vec<Generated>,
    /// The objects that they link to, which have no struct.
    pub strangers: Vec<Stranger>,
}

/// Decides what is generated for these objects, in a place that has these names.
#[must_use]
pub fn plan(objects: &[Object], names: &Names) -> Plan {
    let mut names = names.clone();
    let new = |object: &&Object| !names.structs.contains_key(&*object.name);
    let new: Vec<_> = objects.iter().filter(new).map(|object| &*object.name).collect();
    let made = names::structs(&new, &names);
    names.structs.extend(new.into_iter().map(str::to_owned).zip(made));
    let strangers = strangers(objects, &mut names);
    for object in objects {
        name_selects(object, &mut names);
    }
    let objects = objects.iter().map(|object| generated(object, &names)).collect();
    Plan { objects, strangers }
}

/// Names the objects that are linked to and have no struct.
fn strangers(objects: &[Object], names: &mut Names) -> Vec<Stranger> {
    let fields = objects.iter().flat_map(|object| object.fields.iter());
    let links = fields.filter(|field| field.kind == Kind::ToOne);
    let mut targets: Vec<_> = links.filter_map(|field| field.target.as_deref()).collect();
    targets.retain(|target| *target != "user" && !names.structs.contains_key(*target));
    targets.sort_unstable();
    targets.dedup();
    let new = targets.iter().copied().filter(|target| !names.strangers.contains_key(*target));
    let new: Vec<_> = new.collect();
    let made = names::structs(&new, names);
    names.strangers.extend(new.into_iter().map(str::to_owned).zip(made));
    let stranger = |target: &str| {
        Some(Stranger { name: names.strangers.get(target)?.clone(), object: target.to_owned() })
    };
    targets.into_iter().filter_map(stranger).collect()
}

fn name_selects(object: &Object, names: &mut Names) {
    let Some(structure) = names.structs.get(&*object.name).cloned() else { return };
    let is_new = |field: &&Field| {
        let key = (object.name.to_string(), field.name.to_string());
        has_enum(field) && !names.selects.contains_key(&key)
    };
    let new: Vec<_> = object.fields.iter().filter(is_new).map(|field| &*field.name).collect();
    let made = names::selects(&structure, &new, names);
    let keys = new.into_iter().map(|field| (object.name.to_string(), field.to_owned()));
    names.selects.extend(keys.zip(made));
}

/// Several values of a select whose options are not known are texts; one is an enum all the same,
/// since only an enum is a select.
fn has_enum(field: &Field) -> bool {
    match field.kind {
        Kind::Select => true,
        Kind::MultiSelect => options(field).next().is_some(),
        _ => false,
    }
}

fn generated(object: &Object, names: &Names) -> Generated {
    let (good, left_out) = sort_out(object);
    let name = names.structs.get(&*object.name).cloned().unwrap_or_default();
    let wires: Vec<_> = good.iter().map(|field| &*field.name).collect();
    let idents = names::members(&object.name, &wires, names);
    let members = good.iter().zip(idents).map(|(field, ident)| member(object, field, ident, names));
    let structure = Struct {
        docs: struct_docs(object, &left_out),
        arguments: struct_arguments(object, &name),
        members: members.collect(),
        name,
    };
    let selects = good.iter().filter(|field| has_enum(field));
    let selects = selects.filter_map(|field| select(object, field, &structure.name, names));
    let selects = selects.collect();
    Generated { object: object.name.to_string(), structure, selects, left_out }
}

/// The fields that a struct can have, as it has them, and those that it can't.
fn sort_out(object: &Object) -> (Vec<Field>, Vec<LeftOut>) {
    let known = built_in(&object.name);
    let mut good: Vec<Field> = Vec::new();
    let mut left_out = Vec::new();
    for field in object.fields.iter() {
        let known = known.and_then(|object| object.field(&field.name));
        match why_not(field, known) {
            Some(reason) => left_out.push(LeftOut { field: field.name.to_string(), reason }),
            None if good.iter().any(|other| other.name == field.name) => {}
            None => {
                let mut field = field.clone();
                field.kind = known.map_or(field.kind, |known| known.kind);
                good.push(field);
            }
        }
    }
    (good, left_out)
}

fn why_not(field: &Field, known: Option<&Field>) -> Option<String> {
    if field.kind == Kind::ToMany {
        return Some("since links to many are no attributes".to_owned());
    }
    if let Err(error) = check_field_name(&field.name) {
        return Some(format!("since {error}"));
    }
    let known = known.map(|known| known.kind).filter(|known| !known.is_known_as(field.kind))?;
    let (theirs, ours) = (field.kind.name(), known.name());
    Some(format!("since a `{theirs}` can't be the `{ours}` that every workspace has"))
}

fn struct_arguments(object: &Object, name: &str) -> Vec<String> {
    let is_told = names::is_object_of(&object.name, name);
    (!is_told).then(|| format!("object = {:?}", object.name)).into_iter().collect()
}

fn struct_docs(object: &Object, left_out: &[LeftOut]) -> Vec<String> {
    let label = object.singular.as_deref().filter(|label| *label != object.name);
    let name = object.name.strip_prefix(CUSTOM_PREFIX).unwrap_or(&object.name);
    let described = object.description.as_deref().map(docs::plain);
    let mut lines =
        described.filter(|lines| !lines.is_empty()).unwrap_or_else(|| docs::title(label, name));
    for reason in reasons(left_out) {
        let fields = left_out.iter().filter(|it| it.reason == reason);
        let fields: Vec<_> = fields.map(|it| docs::quoted(&it.field)).collect();
        lines.push(String::new());
        lines.extend(docs::marked(&format!("Not here, {reason}: {}.", fields.join(", "))));
    }
    lines
}

fn reasons(left_out: &[LeftOut]) -> Vec<&str> {
    let mut reasons: Vec<_> = left_out.iter().map(|it| &*it.reason).collect();
    reasons.sort_unstable();
    reasons.dedup();
    reasons
}

fn member(object: &Object, field: &Field, ident: String, names: &Names) -> Member {
    let key = (object.name.to_string(), field.name.to_string());
    let select = || names.selects.get(&key).cloned();
    let ty = type_of(field, select, |target| link(target, names));
    Member {
        docs: member_docs(field),
        arguments: member_arguments(object, field, &ident, &ty),
        wire: field.name.to_string(),
        ident,
        ty,
    }
}

fn link(target: &str, names: &Names) -> String {
    let name = names.structs.get(target).or_else(|| names.strangers.get(target));
    name.cloned().unwrap_or_else(|| target.to_upper_camel_case())
}

fn member_docs(field: &Field) -> Vec<String> {
    let described = field.description.as_deref().map(docs::plain);
    described
        .filter(|lines| !lines.is_empty())
        .unwrap_or_else(|| docs::title(field.title.as_deref(), &field.name))
}

fn member_arguments(object: &Object, field: &Field, ident: &str, ty: &Type) -> Vec<String> {
    let known = built_in(&object.name);
    let is_known = known.is_some_and(|object| object.field(&field.name).is_some());
    let may_be_unique = known
        .is_none_or(|object| object.unique_field().is_some_and(|unique| unique.name == field.name));
    let is_unique = field.unique && may_be_unique && field.kind.can_be_unique() && !field.read_only;
    let says_kind = !is_known && own_kind(ty) != field.kind;
    let arguments = [
        (field.name != ident).then(|| format!("rename = {:?}", field.name)),
        is_unique.then(|| "unique".to_owned()),
        field.read_only.then(|| "read_only".to_owned()),
        says_kind.then(|| format!("kind = \"{}\"", field.kind.name())),
    ];
    arguments.into_iter().flatten().collect()
}

fn select(object: &Object, field: &Field, structure: &str, names: &Names) -> Option<Select> {
    let key = (object.name.to_string(), field.name.to_string());
    let options: Vec<&str> = options(field).map(|option| &**option).collect();
    let idents = names::variants(&options, &HashSet::new());
    let other = names::other(|name| idents.iter().any(|ident| ident == name));
    let what = if field.kind == Kind::MultiSelect { "What is in" } else { "What can be" };
    let docs = docs::marked(&format!("{what} `{}` of [`{structure}`].", field.name));
    let variants = options.into_iter().zip(idents);
    let variants = variants.map(|(option, ident)| variant(option, ident)).collect();
    Some(Select {
        name: names.selects.get(&key)?.clone(),
        field: field.name.to_string(),
        docs,
        variants,
        other,
    })
}

/// The options, each once; one without a text can't be.
fn options(field: &Field) -> impl Iterator<Item = &Text> {
    let options = field.options.iter().enumerate();
    let earlier = |place: usize, option: &Text| {
        field.options.iter().take(place).any(|earlier| earlier == option)
    };
    options.filter(move |(place, o)| !o.is_empty() && !earlier(*place, o)).map(|(_, o)| o)
}

/// Variants for options that an enum does not have, whose names are `taken` already.
#[must_use]
pub fn new_variants(options: &[&str], taken: &HashSet<String>) -> Vec<Variant> {
    let idents = names::variants(options, taken);
    options.iter().zip(idents).map(|(option, ident)| variant(option, ident)).collect()
}

fn variant(option: &str, ident: String) -> Variant {
    let docs = docs::marked(&format!("The option {}.", docs::quoted(option)));
    Variant { option: option.to_owned(), ident, docs }
}
