//! What is emitted for an item that can't be read, so that its uses are not reported as well: the
//! same impls, which do nothing.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use super::in_const;
use crate::input::default_crate;

pub(super) fn object(item: &DeriveInput) -> TokenStream {
    let ident = &item.ident;
    let (generics, arguments, clause) = item.generics.split_for_impl();
    let predicates = clause.map(|clause| &clause.predicates);
    in_const(
        &default_crate(),
        &quote! {
            #[automatically_derived]
            impl #generics __c::ClarifyObject for #ident #arguments
            where
                Self: ::core::marker::Send + ::core::marker::Sync + 'static,
                #predicates
            {
                const NAME: &'static str = "";
                const FIELDS: &'static [__c::Column] = &[];
                fn decode(_: &mut dyn __c::Row) -> __c::Option<Self> {
                    __c::None
                }
                fn encode(&self, _: &mut __c::Encoder<'_>) {}
            }
            impl #generics __c::HasUniqueField for #ident #arguments
            where
                Self: __c::ClarifyObject,
                #predicates
            {
            }
        },
    )
}

pub(super) fn select(item: &DeriveInput) -> TokenStream {
    let ident = &item.ident;
    let (generics, arguments, clause) = item.generics.split_for_impl();
    let predicates = clause.map(|clause| &clause.predicates);
    in_const(
        &default_crate(),
        &quote! {
            #[automatically_derived]
            impl #generics __c::FieldType for #ident #arguments
            where
                Self: 'static,
                #predicates
            {
                const KIND: __c::Kind = __c::Kind::Select;
                const FORM: __c::Form = __c::Form::Text;
                type Class = __c::class::Select;
                fn read(_: __c::Wire<'_>) -> __c::Result<Self, __c::Mismatch> {
                    __c::Result::Err(__c::Mismatch::new(""))
                }
                fn write(&self, _: &mut __c::Writer) -> __c::Result<(), __c::Mismatch> {
                    __c::Result::Ok(())
                }
            }
            #[automatically_derived]
            impl #generics __c::Item for #ident #arguments
            where
                Self: 'static,
                #predicates
            {
                const COLLECTION: __c::Kind = __c::Kind::MultiSelect;
            }
            #[automatically_derived]
            impl #generics __c::ClarifySelect for #ident #arguments #clause {
                const OPTIONS: &'static [__c::Text] = &[];
                fn from_option(_: &str) -> __c::Option<Self> {
                    __c::None
                }
                fn option(&self) -> &str {
                    ""
                }
            }
        },
    )
}
