//! What is written between the parentheses of `objects!`.

use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, LitStr, Path, Token, bracketed, token};

use crate::errors::suggestion;

/// The folder of the snapshot, and the arguments behind it.
pub(crate) struct Input {
    pub(crate) folder: LitStr,
    pub(crate) only: Option<Vec<Ident>>,
    library: Option<Path>,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let folder = input.parse().map_err(|error: syn::Error| {
            let what = "the folder of a snapshot is needed, as a text";
            syn::Error::new(error.span(), format!("{what}\nhelp: write `\"clarify.schema\"`"))
        })?;
        let mut read = Self { folder, only: None, library: None };
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if !input.is_empty() {
                read.argument(input)?;
            }
        }
        Ok(read)
    }
}

impl Input {
    fn argument(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let name = Ident::parse_any(input)?;
        match name.to_string().as_str() {
            "only" => {
                input.parse::<Token![=]>()?;
                if !input.peek(token::Bracket) {
                    let what = "`only` needs a list of objects\nhelp: write `only = [company]`";
                    return Err(input.error(what));
                }
                let names;
                bracketed!(names in input);
                let names = Punctuated::<Ident, Token![,]>::parse_terminated(&names)?;
                self.only = Some(names.into_iter().collect());
            }
            "crate" => {
                input.parse::<Token![=]>()?;
                self.library = Some(input.call(Path::parse_mod_style)?);
            }
            other => {
                let help = suggestion(other, &["only", "crate"]);
                let what = format!("unknown argument `{other}`\nhelp: {help}");
                return Err(syn::Error::new(name.span(), what));
            }
        }
        Ok(())
    }

    /// The path of the library, as source.
    pub(crate) fn library(&self) -> String {
        let said = self.library.as_ref().map(|path| path.to_token_stream().to_string());
        said.unwrap_or_else(|| "::clarify_core".to_owned())
    }
}
