//! The code that the macros write.
//!
//! It names everything through one private module of `clarify_core`, imported under a name that no
//! user has, so that nothing the user defines (`Option`, `String`, a type called `Field`) is
//! mistaken for what is meant. All of it stands in one `const _`, which adds no names to the user's
//! module.

mod checks;
mod fallback;
pub(crate) mod object;
mod plain;
pub(crate) mod select;

use clarify_schema::Kind;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Path;

fn in_const(crate_path: &Path, items: &TokenStream) -> TokenStream {
    quote! {
        const _: () = {
            use #crate_path::__private as __c;
            #items
        };
    }
}

fn kind(kind: Kind) -> TokenStream {
    let kind = format_ident!("{kind:?}");
    quote!(__c::Kind::#kind)
}
