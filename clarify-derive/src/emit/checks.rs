//! What is left to the compiler, which sees through types: a constant for each field, that can't be
//! made where the type does not fit.

use clarify_schema::{Field, Kind};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;

use super::object::columns;
use super::{kind, plain};
use crate::model::{Column, ObjectModel};
use crate::snapshot::Snapshot;
use crate::surroundings::SCHEMA;

/// For each field whether its type can hold the kind that is said of it and be unique, or, where the
/// workspace's field is known, whether it agrees with that, unless it plainly does.
pub(super) fn checks(model: &ObjectModel<'_>, snapshot: &Snapshot) -> TokenStream {
    let ident = &model.input.item.ident;
    let checks = columns(model).filter_map(|(column, field)| {
        let ty = field.ty;
        let ty = without_self(quote!(#ty), ident);
        // To-many links are no fields of a record: that has been said.
        match snapshot.field(&column.name).filter(|theirs| theirs.kind != Kind::ToMany) {
            Some(theirs) => {
                let kind = their_kind(column, theirs);
                let is_plain = plain::agrees(field.ty, column, theirs, kind);
                (!is_plain).then(|| agrees(&ty, column, theirs, kind))
            }
            None if column.kind.is_some_and(|kind| plain::holds(field.ty, kind)) => None,
            None => holds(&ty, column),
        }
    });
    quote!(#(#checks)*)
}

/// Outside of an impl there is no `Self`.
fn without_self(ty: TokenStream, ident: &Ident) -> TokenStream {
    let replaced = |token| match token {
        TokenTree::Ident(name) if name == "Self" => {
            let mut ident = ident.clone();
            ident.set_span(name.span());
            TokenTree::Ident(ident)
        }
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), without_self(group.stream(), ident));
            inner.set_span(group.span());
            TokenTree::Group(inner)
        }
        other => other,
    };
    ty.into_iter().map(replaced).collect()
}

fn holds(ty: &TokenStream, column: &Column) -> Option<TokenStream> {
    let check = match column.kind.map(kind) {
        Some(kind) => quote_spanned!(ty.span()=> holds(#kind)),
        None if column.unique => quote_spanned!(ty.span()=> can_be_unique()),
        None => return None,
    };
    Some(quote_spanned!(ty.span()=> const _: () = __c::of::<#ty>().#check;))
}

/// The kind that the type must hold: the one that is said of the field, where the workspace's is no
/// other.
fn their_kind(column: &Column, theirs: &Field) -> Kind {
    let said = column.kind.filter(|said| said.is_known_as(theirs.kind) || column.says_kind);
    said.unwrap_or(theirs.kind)
}

fn agrees(ty: &TokenStream, column: &Column, theirs: &Field, kind: Kind) -> TokenStream {
    let (start, end) = ends(ty);
    let (form, arguments) = form(column, theirs, kind);
    let need = if theirs.required { "must" } else { "may" };
    let check = format_ident!("{need}_{form}", span = start);
    // The compiler points at the call: from its name to its end, which are those of the type.
    let mut arguments = Group::new(Delimiter::Parenthesis, arguments);
    arguments.set_span(end);
    let only_read = column.read_only.then(|| quote_spanned!(start=> .only_read()));
    quote_spanned!(start=> const _: () = __c::of::<#ty>()#only_read.#check #arguments;)
}

fn ends(tokens: &TokenStream) -> (Span, Span) {
    let mut spans = tokens.clone().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}

/// The form of the workspace's field, and what is known of it.
fn form(column: &Column, theirs: &Field, kind: Kind) -> (&'static str, TokenStream) {
    let (name, kind) = (&column.name, super::kind(kind));
    if let (Kind::ToOne, Some(target)) = (theirs.kind, theirs.target.as_deref()) {
        return ("link", quote!(#name, #target));
    }
    if theirs.options.is_empty() {
        return ("be", quote!(#name, #kind));
    }
    let options = theirs.options.iter().map(|option| &**option);
    ("select", quote!(#name, #kind, &[#(#options),*]))
}

/// The object's name, and what has the struct compiled anew when the snapshot changes, or another one is
/// to be looked at: a constant of its own for that would cost the compiler as much as the check of a field.
pub(super) fn tracked(model: &ObjectModel<'_>, snapshot: &Snapshot) -> TokenStream {
    let name = &model.name;
    let file = snapshot.file.as_ref().and_then(|file| file.to_str());
    let file = file.map(|file| quote!(::core::include_bytes!(#file)));
    let place = model.input.schema.is_none().then(|| quote!(::core::option_env!(#SCHEMA)));
    let tracked: Vec<_> = file.into_iter().chain(place).collect();
    if tracked.is_empty() {
        return quote!(#name);
    }
    quote!({ let _ = (#(#tracked,)*); #name })
}
