//! What the macros emit.

mod expansion;
mod generated;
mod mistakes;
mod random;
mod size;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::emit::{object, select};
use crate::surroundings::Surroundings;

fn object(item: &DeriveInput) -> TokenStream {
    object::expand(item, &Surroundings::default())
}

fn object_told(item: &DeriveInput) -> TokenStream {
    object::expand(item, &Surroundings { tells_tables: true })
}

fn select(item: &DeriveInput) -> TokenStream {
    select::expand(item)
}

fn formatted(tokens: TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}
