//! The names that a file has, for what is new to go with.

use clarify_codegen::{IMPORTS, Names};

use super::source::{Source, leaf, type_name};
use super::types::argument;

/// What everything in the file is called.
pub(super) fn names(source: &Source<'_>) -> Names {
    let mut names = Names::default();
    let enums: Vec<_> = source.enums().iter().map(|it| it.item.ident.to_string()).collect();
    for it in source.structs() {
        let object = it.object;
        names.structs.entry(object.clone()).or_insert_with(|| it.item.ident.to_string());
        for field in &it.fields {
            let Some(wire) = &field.wire else {
                names.beside.entry(object.clone()).or_default().insert(field.ident.clone());
                continue;
            };
            let members = names.members.entry(object.clone()).or_default();
            members.insert(wire.clone(), field.ident.clone());
            let one = argument(&field.field.ty).unwrap_or(&field.field.ty);
            if let Some(select) = leaf(one).filter(|name| enums.contains(name)) {
                names.selects.insert((object.clone(), wire.clone()), select);
            }
        }
    }
    let strangers = source.strangers().into_iter();
    names.strangers = strangers.map(|it| (it.object, it.name)).collect();
    let is_library_s = |name: &String| IMPORTS.iter().any(|(import, _)| import == name);
    let types = source.file.items.iter().filter_map(type_name).chain(source.imports());
    names.taken = types.filter(|name| !is_library_s(name)).collect();
    names
}
