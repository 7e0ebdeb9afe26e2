//! The arguments of `#[clarify(...)]`, before they mean anything.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitStr, Path, Token};

use crate::errors::{Errors, suggestion};

/// One argument: `unique`, or `rename = "type"`.
pub(crate) struct Arg {
    pub(crate) name: Ident,
    /// What stands behind the `=`, if there is one.
    value: Option<TokenStream>,
}

impl Parse for Arg {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = Ident::parse_any(input)?;
        let equals: Option<Token![=]> = input.parse()?;
        let mut value = TokenStream::new();
        while !input.is_empty() && !input.peek(Token![,]) {
            value.extend([input.parse::<TokenTree>()?]);
        }
        if equals.is_none() && !value.is_empty() {
            return Err(syn::Error::new_spanned(
                value,
                format!("expected `{name}` or `{name} = …`"),
            ));
        }
        Ok(Self { name, value: equals.map(|_| value) })
    }
}

impl Arg {
    pub(crate) fn span(&self) -> Span {
        self.name.span()
    }

    /// The value as a string literal.
    pub(crate) fn text(&self, example: &str) -> syn::Result<LitStr> {
        let form =
            || format!("`{}` needs a text\nhelp: write `{} = \"{example}\"`", self.name, self.name);
        let value = self.value.clone().unwrap_or_default();
        if value.is_empty() {
            return Err(syn::Error::new(self.span(), form()));
        }
        syn::parse2(value.clone()).map_err(|_| syn::Error::new_spanned(value, form()))
    }

    /// That there is no value.
    pub(crate) fn flag(&self) -> syn::Result<Span> {
        match &self.value {
            None => Ok(self.span()),
            Some(value) => Err(syn::Error::new_spanned(
                value,
                format!("`{}` takes no value\nhelp: write just `{}`", self.name, self.name),
            )),
        }
    }

    /// The value as a path, with or without quotes.
    pub(crate) fn path(&self) -> syn::Result<Path> {
        let value = self.value.clone().unwrap_or_default();
        if let Ok(text) = syn::parse2::<LitStr>(value.clone()) {
            return text.parse_with(Path::parse_mod_style);
        }
        syn::parse::Parser::parse2(Path::parse_mod_style, value).map_err(|error| {
            let form =
                format!("`{}` needs a path\nhelp: write `{} = path::to::it`", self.name, self.name);
            syn::Error::new(error.span(), form)
        })
    }
}

/// The arguments of every `#[clarify(...)]` of an item, each name once. What is not `known` there,
/// or is said twice, is a mistake.
pub(crate) fn args(attributes: &[Attribute], known: &[&str], errors: &mut Errors) -> Vec<Arg> {
    let mut args: Vec<Arg> = Vec::new();
    for attribute in attributes.iter().filter(|a| a.path().is_ident("clarify")) {
        let parsed = attribute.parse_args_with(Punctuated::<Arg, Token![,]>::parse_terminated);
        for arg in errors.take(parsed).into_iter().flatten() {
            if !known.iter().any(|name| arg.name == name) {
                let help = suggestion(&arg.name.to_string(), known);
                errors.add(arg.span(), format!("unknown attribute `{}` here", arg.name), &help);
            } else if args.iter().any(|earlier| earlier.name == arg.name) {
                errors.add(arg.span(), format!("`{}` is said twice", arg.name), "keep one of them");
            } else {
                args.push(arg);
            }
        }
    }
    args
}
