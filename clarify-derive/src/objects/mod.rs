//! `objects!`: structs from a snapshot of a workspace's schema.

mod input;

use std::path::Path;

use clarify_codegen::{Names, Paths, module, plan};
use clarify_schema::{SNAPSHOT_INDEX, check_object_name, snapshot_file};
use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;

use crate::errors::{Errors, suggestion};
use crate::snapshot::{Folder, Unreadable, mended_by};
use crate::surroundings::Surroundings;
pub(crate) use input::Input;

/// The code for a call: the items, and what ties them to the snapshot's files.
pub(crate) fn expand(input: &Input) -> TokenStream {
    let mut errors = Errors::default();
    let items = made(input, &mut errors);
    let mistakes = errors.into_tokens();
    quote!(#items #mistakes)
}

fn made(input: &Input, errors: &mut Errors) -> Option<TokenStream> {
    let wrong = |unreadable| wrong(&input.folder, &unreadable);
    let folder = errors.take(find(&input.folder))?;
    let names = errors.take(names(&folder).map_err(wrong))?;
    let wanted = wanted(input, &names, errors);
    let read = wanted.iter().filter_map(|name| errors.take(folder.object(name).map_err(wrong)));
    let objects: Vec<_> = read.collect();
    let source = module(&plan(&objects, &Names::default()), &Paths::Whole(input.library()));
    let items = errors.take(source.parse::<TokenStream>().map_err(syn::Error::from))?;
    let files = files(&folder, &wanted);
    // A change of a file compiles the crate anew.
    Some(quote!(#(const _: &[u8] = ::core::include_bytes!(#files);)* #items))
}

fn find(said: &LitStr) -> syn::Result<Folder> {
    let name = said.value();
    Folder::named(&name, &Surroundings::from_env()).ok_or_else(|| {
        let what = format!("there is no snapshot of a workspace at `{name}`");
        let by = mended_by(Path::new(&name));
        let help =
            format!("`{by}` makes one; it is looked for at the package's root and its workspace's");
        syn::Error::new(said.span(), format!("{what}\nhelp: {help}"))
    })
}

/// The names of all objects of a snapshot.
fn names(folder: &Folder) -> Result<Vec<String>, Unreadable> {
    let names = folder.index()?.objects;
    for name in &names {
        check_object_name(name).map_err(|error| {
            folder.unreadable(SNAPSHOT_INDEX, &format_args!("`{name}`: {error}"))
        })?;
    }
    Ok(names)
}

/// The paths of the index and of the files of these objects.
fn files(folder: &Folder, objects: &[String]) -> Vec<String> {
    let files = objects.iter().map(|name| snapshot_file(name));
    let files = std::iter::once(SNAPSHOT_INDEX.to_owned()).chain(files);
    files.filter_map(|file| folder.file(&file).to_str().map(str::to_owned)).collect()
}

fn wrong(said: &LitStr, Unreadable { file, why, mended_by }: &Unreadable) -> syn::Error {
    let help = format!("`{mended_by}` makes it anew");
    syn::Error::new(said.span(), format!("`{file}`: {why}\nhelp: {help}"))
}

/// The objects that are asked for, in the snapshot's order.
fn wanted(input: &Input, names: &[String], errors: &mut Errors) -> Vec<String> {
    let Some(only) = &input.only else { return names.to_vec() };
    for ident in only.iter().filter(|ident| !names.iter().any(|name| *ident == name)) {
        let known: Vec<_> = names.iter().map(String::as_str).collect();
        let what = format!("the snapshot has no object `{ident}`");
        errors.add(ident.span(), what, &suggestion(&ident.to_string(), &known));
    }
    names.iter().filter(|name| only.iter().any(|ident| *ident == *name)).cloned().collect()
}
