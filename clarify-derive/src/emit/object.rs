//! `#[derive(ClarifyObject)]`: the table, and calls of the library.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{DeriveInput, Ident, Index};

use super::checks::{checks, tracked};
use super::{fallback, in_const, kind};
use crate::check;
use crate::errors::Errors;
use crate::input::{FieldInput, ObjectInput, Role};
use crate::model::{Column, ObjectModel};
use crate::snapshot::Snapshot;
use crate::surroundings::Surroundings;

/// The code for a struct: its impls, and its mistakes.
pub(crate) fn expand(item: &DeriveInput, surroundings: &Surroundings) -> TokenStream {
    let mut errors = Errors::default();
    let model =
        ObjectInput::read(item, &mut errors).map(|input| ObjectModel::new(input, &mut errors));
    let code = match &model {
        Some(model) if surroundings.tells_tables => {
            let name = &model.name;
            object(model, &Snapshot::default(), &quote!(#name), Some(told(&item.ident)))
        }
        Some(model) => {
            let snapshot = Snapshot::read(model, surroundings, &mut errors);
            check::check(model, &snapshot, &mut errors);
            object(model, &snapshot, &tracked(model, &snapshot), None)
        }
        None => fallback::object(item),
    };
    let mistakes = errors.into_tokens();
    quote!(#code #mistakes)
}

fn object(
    model: &ObjectModel<'_>,
    snapshot: &Snapshot,
    name: &TokenStream,
    rest: Option<TokenStream>,
) -> TokenStream {
    let (table, decode, encode) = (table(model), decode(model), encode(model));
    let (constants, checks) = (constants(model), checks(model, snapshot));
    let ident = &model.input.item.ident;
    let unique = model.has_unique.then(|| quote!(impl __c::HasUniqueField for #ident {}));
    in_const(
        &model.input.crate_path,
        &quote! {
            #[automatically_derived]
            impl __c::ClarifyObject for #ident {
                const NAME: &'static str = #name;
                #table
                #decode
                #encode
            }
            #unique
            #constants
            #checks
            #rest
        },
    )
}

/// Has the compiler tell the table.
fn told(ident: &Ident) -> TokenStream {
    let object = quote!(<#ident as __c::ClarifyObject>::OBJECT);
    quote_spanned! {ident.span()=>
        const _: () = __c::tell_table::<{ __c::told_length(#object) }>(#object);
    }
}

/// A field of the record with what was written of it.
pub(super) fn columns<'m>(
    model: &'m ObjectModel<'_>,
) -> impl Iterator<Item = (&'m Column, &'m FieldInput<'m>)> {
    model.columns.iter().filter_map(|column| Some((column, model.input.fields.get(column.place)?)))
}

fn table(model: &ObjectModel<'_>) -> TokenStream {
    let columns = columns(model).map(|(column, field)| {
        let (name, ty) = (&column.name, field.ty);
        let unique = column.unique.then(|| quote!(.unique()));
        let read_only = column.read_only.then(|| quote!(.read_only()));
        let made = match column.kind.map(kind) {
            Some(kind) => quote!(__c::of::<#ty>().column_as(#name, #kind)),
            None => quote!(__c::of::<#ty>().column(#name)),
        };
        quote!(#made #unique #read_only)
    });
    quote!(const FIELDS: &'static [__c::Column] = &[#(#columns,)*];)
}

/// The slots are one local that a constant makes, moved as a whole once they are filled, and then taken
/// apart by one pattern, or given up as one in one place: so there is one thing to drop on the way out, and
/// not each value on each of many ways, which is most of what would be compiled.
fn decode(model: &ObjectModel<'_>) -> TokenStream {
    let slots = columns(model).map(|(_, field)| {
        let ty = field.ty;
        quote!(__c::of::<#ty>().slot())
    });
    let filled = (0..model.columns.len()).map(|index| {
        let index = Index::from(index);
        quote!(&mut __slots.#index)
    });
    let taken = model.columns.iter().map(|column| {
        let value = value(column.place);
        quote!(__c::SlotOf { value: __c::Ok(#value), .. })
    });
    let extra_slot = extra(&model.input).map(|field| {
        let ty = field.ty;
        quote!(let mut __extra = __c::extra_of::<#ty>().slot();)
    });
    let (fill, extra) = match extra_slot {
        Some(_) => (quote!(fill_with), Some(quote!(__c::Some(&mut __extra)))),
        None => (quote!(fill), None),
    };
    let members = members(&model.input);
    quote! {
        fn decode(__row: &mut dyn __c::Row) -> __c::Option<Self> {
            let mut __slots = const { (#(#slots,)*) };
            #extra_slot
            let __filled: &mut [&mut dyn __c::Slot] = &mut [#(#filled,)*];
            let __is_whole = <Self as __c::ClarifyObject>::#fill(__row, __filled, #extra);
            match { __slots } {
                (#(#taken,)*) if __is_whole => __c::Some(Self { #(#members,)* }),
                __slots => __c::give_up(__slots),
            }
        }
    }
}

/// The value of the field at this place of the struct. Like every name that is emitted it begins as no
/// name of the user's does: a `static f0` beside the struct would be taken for a pattern.
fn value(place: usize) -> Ident {
    format_ident!("__f{place}", span = Span::mixed_site())
}

/// Each field of the struct with what it gets.
fn members(input: &ObjectInput<'_>) -> impl Iterator<Item = TokenStream> {
    let extra = input.fields.iter().position(|field| field.role == Role::Extra);
    input.fields.iter().enumerate().map(move |(place, field)| {
        let (ident, ty, value) = (field.ident, field.ty, value(place));
        match field.role {
            Role::Field => quote!(#ident: #value),
            Role::Extra if extra == Some(place) => quote!(#ident: __extra.take()),
            // A second one has been reported, and is not to be reported as something else, too.
            Role::Extra | Role::Skipped | Role::Mistaken => quote!(#ident: __c::skipped::<#ty>()),
        }
    })
}

fn extra<'i>(input: &'i ObjectInput<'_>) -> Option<&'i FieldInput<'i>> {
    input.fields.iter().find(|field| field.role == Role::Extra)
}

fn encode(model: &ObjectModel<'_>) -> TokenStream {
    let values = columns(model).map(|(_, field)| {
        let (ident, ty) = (field.ident, field.ty);
        quote!(__c::of::<#ty>().value(&self.#ident))
    });
    let extra = extra(&model.input).map(|field| {
        let (ident, ty) = (field.ident, field.ty);
        quote! {
            __row.extra(
                <Self as __c::ClarifyObject>::OBJECT,
                __c::extra_of::<#ty>(),
                &self.#ident,
            );
        }
    });
    quote! {
        fn encode(&self, __row: &mut __c::Encoder<'_>) {
            let __values: &[&dyn __c::Encode] = &[#(#values,)*];
            <Self as __c::ClarifyObject>::hand_over(__row, __values);
            #extra
        }
    }
}

fn constants(model: &ObjectModel<'_>) -> TokenStream {
    let (ident, vis) = (&model.input.item.ident, &model.input.item.vis);
    let constants = columns(model).enumerate().filter_map(|(index, (column, field))| {
        let index = Index::from(index);
        let (docs, ty) = (docs(field, column), field.ty);
        let name = Ident::new(column.constant.as_ref()?, field.ident.span());
        let ty = if column.read_only { quote!(__c::ReadOnly<#ty>) } else { quote!(#ty) };
        Some(quote!(#docs #vis const #name: __c::Field<Self, #ty> = __c::at(#index);))
    });
    quote! {
        // The constants are the user's to use or not.
        #[allow(dead_code, private_interfaces, unreachable_pub)]
        impl #ident {
            #(#constants)*
        }
    }
}

fn docs(field: &FieldInput<'_>, column: &Column) -> TokenStream {
    let docs = &field.docs;
    if docs.is_empty() {
        let line = format!(" The field `{}`.", column.name);
        return quote!(#[doc = #line]);
    }
    quote!(#(#docs)*)
}
