//! What a file brings in.

use syn::ext::IdentExt as _;
use syn::{Item, ItemUse, UseTree, Visibility};

use super::source::Source;

/// The library, as programs call it.
pub(super) const LIBRARY: &str = "clarify_core";

/// A name that `use` brings in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Import {
    /// What it is called here.
    pub(super) name: String,
    /// Where it is.
    pub(super) path: String,
}

impl Import {
    /// Whether it is what the library has by this name: the library itself brings in its like from
    /// other crates.
    pub(super) fn is_library_s(&self) -> bool {
        let Some(path) = clarify_codegen::write::path(&self.name) else { return false };
        let within = self.path.strip_prefix("clarify_core::");
        within == Some(&*path) || (path.contains("::") && self.path == path)
    }
}

/// All names that the `use` lines of a file bring in.
pub(super) fn imports(source: &Source<'_>) -> Vec<Import> {
    let mut imports = Vec::new();
    for item in &source.file.items {
        if let Item::Use(item) = item {
            gather(&item.tree, "", &mut imports);
        }
    }
    imports
}

fn gather(tree: &UseTree, path: &str, imports: &mut Vec<Import>) {
    match tree {
        UseTree::Path(it) => gather(&it.tree, &format!("{path}{}::", it.ident), imports),
        UseTree::Name(it) => imports.push(import(it.ident.unraw().to_string(), path)),
        UseTree::Rename(it) => {
            let path = format!("{path}{}", it.ident);
            imports.push(Import { name: it.rename.unraw().to_string(), path });
        }
        UseTree::Group(it) => it.items.iter().for_each(|tree| gather(tree, path, imports)),
        // It brings in all that is at the library's root.
        UseTree::Glob(_) if path == "clarify_core::" => {
            let names = clarify_codegen::IMPORTS.iter().filter(|(_, folder)| folder.is_empty());
            imports.extend(names.map(|(name, _)| import((*name).to_owned(), path)));
        }
        UseTree::Glob(_) => {}
    }
}

fn import(name: String, path: &str) -> Import {
    Import { path: format!("{path}{name}"), name }
}

/// The paths within the library that an item brings in, if it is one as is generated: of one name, or
/// a list of names, for the file alone.
pub(super) fn plain(item: &ItemUse, source: &Source<'_>) -> Option<Vec<String>> {
    let text = source.text.get(super::source::range(item))?;
    let is_bare = item.attrs.is_empty() && matches!(item.vis, Visibility::Inherited);
    let UseTree::Path(library) = &item.tree else { return None };
    let has_comment = text.contains("//") || text.contains("/*");
    if !is_bare || has_comment || item.leading_colon.is_some() || library.ident != LIBRARY {
        return None;
    }
    match &*library.tree {
        UseTree::Group(list) => list.items.iter().map(name).collect(),
        tree => one(tree, "").map(|path| vec![path]),
    }
}

fn name(tree: &UseTree) -> Option<String> {
    match tree {
        UseTree::Name(name) if name.ident != "self" => Some(name.ident.to_string()),
        _ => None,
    }
}

/// The path to a single name.
pub(super) fn one(tree: &UseTree, path: &str) -> Option<String> {
    match tree {
        UseTree::Path(it) => one(&it.tree, &format!("{path}{}::", it.ident)),
        tree => name(tree).map(|name| format!("{path}{name}")),
    }
}
