//! The names that a file has, for what is new to go with.

use clarify_codegen::{IMPORTS, Names, folder};

use super::imports::imports;
use super::source::{FieldSite, Source, StructSite, leaf, type_name};
use super::types::argument;
use super::views::is_view;

/// A field whose type is an enum of the file.
pub(super) struct Selected {
    pub(super) object: String,
    pub(super) field: String,
    pub(super) name: String,
}

/// What everything in the file is called. Where an object has several structs, its fields are called as
/// in the one that has all of them.
pub(super) fn names(source: &Source<'_>, structs: &[StructSite<'_>]) -> Names {
    let mut names = Names::default();
    for it in structs.iter().filter(|it| !is_view(it, structs)) {
        names.structs.insert(it.object.clone(), it.item.ident.to_string());
        for field in &it.fields {
            member(&it.object, field, &mut names);
        }
    }
    for it in selected(source, structs) {
        names.selects.entry((it.object, it.field)).or_insert(it.name);
    }
    let strangers = source.strangers().into_iter();
    names.strangers = strangers.map(|it| (it.object, it.name)).collect();
    names.taken = taken(source);
    names
}

fn member(object: &str, field: &FieldSite<'_>, names: &mut Names) {
    let (object, ident) = (object.to_owned(), field.ident.clone());
    match &field.wire {
        Some(wire) => {
            names.members.entry(object).or_default().insert(wire.clone(), ident);
        }
        None => {
            names.beside.entry(object).or_default().insert(ident);
        }
    }
}

/// The fields whose types are enums of the file; first those of structs that have all of an object.
pub(super) fn selected(source: &Source<'_>, structs: &[StructSite<'_>]) -> Vec<Selected> {
    let enums: Vec<_> = source.enums().iter().map(|it| it.item.ident.to_string()).collect();
    let of = |it: &StructSite<'_>| -> Vec<Selected> {
        let fields = it.fields.iter().filter_map(|field| {
            let name = one(field).filter(|name| enums.contains(name))?;
            Some(Selected { object: it.object.clone(), field: field.wire.clone()?, name })
        });
        fields.collect()
    };
    let (views, full): (Vec<_>, Vec<_>) = structs.iter().partition(|it| is_view(it, structs));
    full.into_iter().chain(views).flat_map(of).collect()
}

/// The name of the type of one value of a field.
pub(super) fn one(field: &FieldSite<'_>) -> Option<String> {
    leaf(argument(&field.field.ty).unwrap_or(&field.field.ty))
}

/// The names of types that are not the library's.
fn taken(source: &Source<'_>) -> std::collections::HashSet<String> {
    let imports = imports(source).into_iter().filter(|it| {
        let is_usual = IMPORTS.iter().any(|(name, _)| *name == it.name);
        !(is_usual && it.is_library_s())
    });
    source.file.items.iter().filter_map(type_name).chain(imports.map(|it| it.name)).collect()
}

/// The names of the library's that mean something else in the file.
pub(super) fn other_meanings(names: &Names) -> impl Iterator<Item = &String> {
    names.taken.iter().filter(|name| folder(name).is_some())
}
