//! A file as people left it: where its structs, fields, enums and variants stand.

use std::ops::Range;

use clarify_schema::{custom_object_name, option_text};
use syn::ext::IdentExt as _;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{
    Attribute, Expr, ExprLit, Field, File, ImplItem, Item, ItemEnum, ItemImpl, ItemStruct, Lit,
    Meta, Token, Type, Variant,
};

/// A file, parsed.
pub(super) struct Source<'t> {
    pub(super) text: &'t str,
    pub(super) file: File,
}

/// A struct that is an object.
pub(super) struct StructSite<'s> {
    pub(super) item: &'s ItemStruct,
    pub(super) object: String,
    pub(super) fields: Vec<FieldSite<'s>>,
}

/// A field of a struct.
pub(super) struct FieldSite<'s> {
    pub(super) field: &'s Field,
    /// Its name in the struct, without `r#`.
    pub(super) ident: String,
    /// Its name on the wire; nothing, if it is none of the record's.
    pub(super) wire: Option<String>,
    /// Whether people said that it is none of the record's.
    pub(super) is_skipped: bool,
    pub(super) arguments: Vec<Argument>,
}

/// An enum that is a select.
pub(super) struct EnumSite<'s> {
    pub(super) item: &'s ItemEnum,
    pub(super) variants: Vec<VariantSite<'s>>,
}

/// A variant of an enum.
pub(super) struct VariantSite<'s> {
    pub(super) variant: &'s Variant,
    /// The option's text; nothing, if it keeps unknown options.
    pub(super) option: Option<String>,
}

/// A type that stands for an object without a struct.
pub(super) struct StrangerSite<'s> {
    pub(super) name: String,
    pub(super) object: String,
    pub(super) link: &'s ItemImpl,
    /// The type, where it is an enum of this file that can't have values.
    pub(super) item: Option<&'s ItemEnum>,
}

/// An argument of `#[clarify(...)]`.
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) value: Option<String>,
    /// As it is written.
    pub(super) text: String,
}

impl<'t> Source<'t> {
    pub(super) fn parse(text: &'t str) -> syn::Result<Self> {
        Ok(Self { text, file: syn::parse_str(text)? })
    }

    pub(super) fn structs(&self) -> Vec<StructSite<'_>> {
        let structs = self.file.items.iter().filter_map(|item| match item {
            Item::Struct(item) if derives(&item.attrs, "ClarifyObject") => Some(item),
            _ => None,
        });
        structs.filter_map(|item| self.structure(item)).collect()
    }

    fn structure<'s>(&'s self, item: &'s ItemStruct) -> Option<StructSite<'s>> {
        let said = value(&self.arguments(&item.attrs), "object");
        let object = said.or_else(|| custom_object_name(&item.ident.unraw().to_string()).ok())?;
        let fields = item.fields.iter().filter_map(|field| self.field(field)).collect();
        Some(StructSite { item, object, fields })
    }

    fn field<'s>(&'s self, field: &'s Field) -> Option<FieldSite<'s>> {
        let arguments = self.arguments(&field.attrs);
        let ident = field.ident.as_ref()?.unraw().to_string();
        let is_skipped = has(&arguments, "skip");
        let is_field = !has(&arguments, "extra") && !is_skipped;
        let name = value(&arguments, "rename").unwrap_or_else(|| ident.clone());
        Some(FieldSite { field, ident, wire: is_field.then_some(name), is_skipped, arguments })
    }

    pub(super) fn enums(&self) -> Vec<EnumSite<'_>> {
        let enums = self.file.items.iter().filter_map(|item| match item {
            Item::Enum(item) if derives(&item.attrs, "ClarifySelect") => Some(item),
            _ => None,
        });
        let site = |item| EnumSite { item, variants: self.variants(item) };
        enums.map(site).collect()
    }

    fn variants<'s>(&self, item: &'s ItemEnum) -> Vec<VariantSite<'s>> {
        item.variants.iter().map(|variant| self.variant(variant)).collect()
    }

    fn variant<'s>(&self, variant: &'s Variant) -> VariantSite<'s> {
        let arguments = self.arguments(&variant.attrs);
        let name = || option_text(&variant.ident.unraw().to_string());
        let option = value(&arguments, "rename").unwrap_or_else(name);
        VariantSite { variant, option: (!has(&arguments, "other")).then_some(option) }
    }

    pub(super) fn strangers(&self) -> Vec<StrangerSite<'_>> {
        let impls = self.file.items.iter().filter_map(|item| match item {
            Item::Impl(item) => Some(item),
            _ => None,
        });
        impls.filter_map(|link| self.stranger(link)).collect()
    }

    /// `impl LinkTarget for Name { const TARGET: &'static str = "object"; }`
    fn stranger<'s>(&'s self, link: &'s ItemImpl) -> Option<StrangerSite<'s>> {
        let (path, _) = link.trait_.as_ref()?;
        path.segments.last().filter(|last| last.ident == "LinkTarget")?;
        let object = link.items.iter().find_map(|member| match member {
            ImplItem::Const(constant) if constant.ident == "TARGET" => text_of(&constant.expr),
            _ => None,
        })?;
        let name = leaf(&link.self_ty)?;
        let item = self.file.items.iter().find_map(|item| match item {
            Item::Enum(item) if item.ident == name.as_str() => Some(item),
            _ => None,
        });
        let item = item.filter(|item| item.variants.is_empty() && item.generics.params.is_empty());
        Some(StrangerSite { name, object, link, item })
    }

    /// The arguments of every `#[clarify(...)]`.
    fn arguments(&self, attributes: &[Attribute]) -> Vec<Argument> {
        let ours = attributes.iter().filter(|attribute| attribute.path().is_ident("clarify"));
        let metas = ours.filter_map(|attribute| {
            let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
            attribute.parse_args_with(parser).ok()
        });
        metas.flatten().filter_map(|meta| self.argument(&meta)).collect()
    }

    fn argument(&self, meta: &Meta) -> Option<Argument> {
        let value = match meta {
            Meta::NameValue(pair) => text_of(&pair.value),
            _ => None,
        };
        let text = self.text.get(range(meta))?.to_owned();
        Some(Argument { name: meta.path().get_ident()?.to_string(), value, text })
    }
}

/// Where in the text it stands.
pub(super) fn range(tokens: &impl Spanned) -> Range<usize> {
    tokens.span().byte_range()
}

pub(super) fn has(arguments: &[Argument], name: &str) -> bool {
    arguments.iter().any(|argument| argument.name == name)
}

pub(super) fn value(arguments: &[Argument], name: &str) -> Option<String> {
    arguments.iter().find(|argument| argument.name == name)?.value.clone()
}

pub(super) fn text_of(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

fn derives(attributes: &[Attribute], name: &str) -> bool {
    let derives = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    let mut paths = derives.filter_map(|attribute| {
        attribute.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated).ok()
    });
    paths.any(|paths| {
        paths.iter().any(|path| path.segments.last().is_some_and(|last| last.ident == name))
    })
}

/// The last name of a path, without what stands behind it in `<>`.
pub(super) fn leaf(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    Some(path.path.segments.last()?.ident.unraw().to_string())
}

/// The name of a top-level item that is a type or a trait.
pub(super) fn type_name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Enum(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(ident.unraw().to_string())
}
