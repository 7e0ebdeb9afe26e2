//! `objects!`: structs from a snapshot of a workspace's schema.

mod folder;
mod input;

use clarify_codegen::{Names, Paths, module, plan};
use proc_macro2::TokenStream;
use quote::quote;

use crate::errors::{Errors, suggestion};
use folder::Folder;
pub(crate) use input::Input;

/// The code for a call: the items, and what ties them to the snapshot's files.
pub(crate) fn expand(input: &Input) -> TokenStream {
    let mut errors = Errors::default();
    let items = made(input, &mut errors);
    let mistakes = errors.into_tokens();
    quote!(#items #mistakes)
}

fn made(input: &Input, errors: &mut Errors) -> Option<TokenStream> {
    let folder = errors.take(Folder::find(&input.folder))?;
    let names = errors.take(folder.objects())?;
    let wanted = wanted(input, &names, errors);
    let read = wanted.iter().filter_map(|name| errors.take(folder.object(name)));
    let objects: Vec<_> = read.collect();
    let source = module(&plan(&objects, &Names::default()), &Paths::Whole(input.library()));
    let items = errors.take(source.parse::<TokenStream>().map_err(syn::Error::from))?;
    let files = folder.files(&wanted);
    // A change of a file compiles the crate anew.
    Some(quote!(#(const _: &[u8] = ::core::include_bytes!(#files);)* #items))
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
