//! `#[derive(ClarifySelect)]`: the options, and calls of the library.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use super::{fallback, in_const};
use crate::errors::Errors;
use crate::input::SelectInput;
use crate::model::SelectModel;

/// The code for an enum: its impls, and its mistakes.
pub(crate) fn expand(item: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let model =
        SelectInput::read(item, &mut errors).map(|input| SelectModel::new(input, &mut errors));
    // Variants that are no options can't be matched on as if they were.
    let good = model.as_ref().filter(|_| errors.is_empty());
    let code = good.map_or_else(|| fallback::select(item), select);
    let mistakes = errors.into_tokens();
    quote!(#code #mistakes)
}

fn select(model: &SelectModel<'_>) -> TokenStream {
    let ident = &model.input.item.ident;
    let options = options(model);
    let is_open = model.other.map(|_| {
        quote!(
            const SELECT_IS_OPEN: bool = true;
        )
    });
    in_const(
        &model.input.crate_path,
        &quote! {
            #[automatically_derived]
            impl __c::ClarifySelect for #ident {
                #options
            }
            #[automatically_derived]
            impl __c::FieldType for #ident {
                const KIND: __c::Kind = __c::Kind::Select;
                const FORM: __c::Form = __c::Form::Text;
                const SELECT_OPTIONS: &'static [__c::Text] = <Self as __c::ClarifySelect>::OPTIONS;
                #is_open
                type Class = __c::class::Select;
                fn read(__wire: __c::Wire<'_>) -> __c::Result<Self, __c::Mismatch> {
                    __c::read_option(__wire)
                }
                fn write(&self, __out: &mut __c::Writer) -> __c::Result<(), __c::Mismatch> {
                    __c::write_option(self, __out)
                }
            }
            #[automatically_derived]
            impl __c::Item for #ident {
                const COLLECTION: __c::Kind = __c::Kind::MultiSelect;
            }
        },
    )
}

fn options(model: &SelectModel<'_>) -> TokenStream {
    let variants: Vec<_> = model.options.iter().map(|(variant, _)| variant).collect();
    let texts: Vec<_> = model.options.iter().map(|(_, text)| text).collect();
    let (unknown, shown) = match model.other {
        Some((other, ty)) => (
            quote!(__text => __c::Some(Self::#other(<#ty as __c::OtherText>::keep(__text))),),
            quote!(Self::#other(__text) => <#ty as __c::OtherText>::text(__text),),
        ),
        None => (quote!(_ => __c::None,), TokenStream::new()),
    };
    quote! {
        const OPTIONS: &'static [__c::Text] = &[#(__c::Borrowed(#texts),)*];
        fn from_option(__text: &str) -> __c::Option<Self> {
            match __text {
                #(#texts => __c::Some(Self::#variants),)*
                #unknown
            }
        }
        fn option(&self) -> &str {
            match self {
                #(Self::#variants => #texts,)*
                #shown
            }
        }
    }
}
