//! Mistakes, collected so that the user sees all of them at once.

use std::fmt::Display;

use clarify_schema::nearest;
use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The mistakes found so far.
#[derive(Default)]
pub(crate) struct Errors(Option<syn::Error>);

impl Errors {
    /// Adds a mistake: what it is, in rustc's voice, and how to mend it.
    pub(crate) fn add(&mut self, span: Span, what: impl Display, help: &str) {
        self.push(syn::Error::new(span, format!("{what}\nhelp: {help}")));
    }

    /// [`add`](Self::add) under the whole of some tokens.
    pub(crate) fn under(&mut self, tokens: &impl ToTokens, what: impl Display, help: &str) {
        self.push(syn::Error::new_spanned(tokens, format!("{what}\nhelp: {help}")));
    }

    pub(crate) fn push(&mut self, error: syn::Error) {
        match &mut self.0 {
            Some(errors) => errors.combine(error),
            none => *none = Some(error),
        }
    }

    /// The value of `result`, or nothing and one mistake more.
    pub(crate) fn take<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Whether there is no mistake so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// What makes the compiler show the mistakes.
    pub(crate) fn into_tokens(self) -> TokenStream {
        self.0.map(|errors| errors.into_compile_error()).unwrap_or_default()
    }
}

/// The closest of `known` to what was written, as a question; else all of them.
pub(crate) fn suggestion(written: &str, known: &[&str]) -> String {
    match nearest(written, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("it can be `{}`", known.join("`, `")),
    }
}
