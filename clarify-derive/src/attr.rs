//! The arguments of `#[clarify(...)]`, before they mean anything.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitStr, Meta, Path, Token};

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
            return Err(syn::Error::new_spanned(&value, dangling(&name, &value)));
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

/// What stands behind a name without a `=` between.
fn dangling(name: &Ident, value: &TokenStream) -> String {
    let is_group = matches!(value.clone().into_iter().next(), Some(TokenTree::Group(_)));
    if is_group {
        return format!("`{name}` takes its value behind `=`\nhelp: write `{name} = …`");
    }
    format!("unexpected words behind `{name}`\nhelp: divide arguments by commas")
}

/// Where arguments can stand, and which are known there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Object,
    Field,
    Select,
    Variant,
}

impl Place {
    const ALL: [Self; 4] = [Self::Object, Self::Field, Self::Select, Self::Variant];

    /// The arguments that are known here.
    fn known(self) -> &'static [&'static str] {
        match self {
            Self::Object => &["object", "crate", "schema", "checked"],
            Self::Field => &["unique", "kind", "rename", "read_only", "extra", "skip"],
            Self::Select => &["crate"],
            Self::Variant => &["rename", "other"],
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Object => "a struct that derives `ClarifyObject`",
            Self::Field => "a field of a struct that derives `ClarifyObject`",
            Self::Select => "an enum that derives `ClarifySelect`",
            Self::Variant => "a variant of an enum that derives `ClarifySelect`",
        }
    }
}

/// The arguments of every `#[clarify(...)]` of an item, each name once. What is not known at this
/// place, or is said twice, is a mistake.
pub(crate) fn args(attributes: &[Attribute], place: Place, errors: &mut Errors) -> Vec<Arg> {
    let mut args: Vec<Arg> = Vec::new();
    for attribute in attributes.iter().filter(|a| a.path().is_ident("clarify")) {
        for arg in errors.take(parse(attribute, place)).into_iter().flatten() {
            if !place.known().iter().any(|name| arg.name == name) {
                report_unknown(&arg, place, errors);
            } else if args.iter().any(|earlier| earlier.name == arg.name) {
                errors.add(arg.span(), format!("`{}` is said twice", arg.name), "keep one of them");
            } else {
                args.push(arg);
            }
        }
    }
    args
}

fn parse(attribute: &Attribute, place: Place) -> syn::Result<Punctuated<Arg, Token![,]>> {
    if !matches!(attribute.meta, Meta::List(_)) {
        let [first, ..] = place.known() else { return Ok(Punctuated::new()) };
        let form = format!("expected arguments in parentheses\nhelp: write `#[clarify({first})]`");
        return Err(syn::Error::new_spanned(attribute, form));
    }
    attribute.parse_args_with(Punctuated::parse_terminated)
}

fn report_unknown(arg: &Arg, place: Place, errors: &mut Errors) {
    let elsewhere = Place::ALL
        .into_iter()
        .find(|other| *other != place && other.known().iter().any(|name| arg.name == name));
    match elsewhere {
        Some(other) => {
            let what = format!("`{}` has no meaning here", arg.name);
            errors.add(arg.span(), what, &format!("it belongs on {}", other.name()));
        }
        None => {
            let what = format!("unknown attribute `{}`", arg.name);
            errors.add(arg.span(), what, &meant(&arg.name.to_string(), place));
        }
    }
}

/// What may be meant by an argument that is known nowhere.
fn meant(name: &str, place: Place) -> String {
    match name {
        // As in serde.
        "rename_all" => "write `rename` on each field or variant that has another name".to_owned(),
        _ => suggestion(name, place.known()),
    }
}
