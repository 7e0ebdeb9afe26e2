//! What the macros emit.

mod expansion;
mod mistakes;
mod random;
mod size;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::emit::{object, select};

fn object(item: &DeriveInput) -> TokenStream {
    object::expand(item)
}

fn select(item: &DeriveInput) -> TokenStream {
    select::expand(item)
}

fn formatted(tokens: TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}
