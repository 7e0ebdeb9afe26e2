//! The struct or enum as it was written, with its arguments read.

use clarify_schema::Kind;
use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::{Attribute, Data, DeriveInput, Fields, Ident, LitStr, Path, Type, Variant};

use crate::attr::{Arg, args};
use crate::errors::{Errors, suggestion};

/// Where the crate is whose items the emitted code names.
fn crate_path(args: &[Arg], errors: &mut Errors) -> Path {
    let arg = args.iter().find(|arg| arg.name == "crate");
    arg.and_then(|arg| errors.take(arg.path())).unwrap_or_else(|| syn::parse_quote!(::clarify_core))
}

/// A struct that derives `ClarifyObject`.
pub(crate) struct ObjectInput<'i> {
    pub(crate) item: &'i DeriveInput,
    pub(crate) crate_path: Path,
    pub(crate) object: Option<LitStr>,
    pub(crate) fields: Vec<FieldInput<'i>>,
}

/// One field of it.
pub(crate) struct FieldInput<'i> {
    pub(crate) ident: &'i Ident,
    pub(crate) ty: &'i Type,
    pub(crate) docs: Vec<&'i Attribute>,
    pub(crate) unique: Option<Span>,
    pub(crate) kind: Option<(Kind, Span)>,
    pub(crate) rename: Option<LitStr>,
    pub(crate) read_only: bool,
    pub(crate) role: Role,
}

/// What a field of the struct is to the record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Field,
    Extra,
    Skipped,
}

impl<'i> ObjectInput<'i> {
    /// Reads the struct; nothing, if it is something else.
    pub(crate) fn read(item: &'i DeriveInput, errors: &mut Errors) -> Option<Self> {
        let fields = named_fields(item, errors)?;
        let args = args(&item.attrs, &["object", "crate"], errors);
        let object = args.iter().find(|arg| arg.name == "object");
        Some(Self {
            item,
            crate_path: crate_path(&args, errors),
            object: object.and_then(|arg| errors.take(arg.text("person"))),
            fields: fields.filter_map(|field| FieldInput::read(field, errors)).collect(),
        })
    }
}

fn named_fields<'i>(
    item: &'i DeriveInput,
    errors: &mut Errors,
) -> Option<impl Iterator<Item = &'i syn::Field> + use<'i>> {
    if !item.generics.params.is_empty() {
        let what = "an object's struct can't be generic";
        errors.add(item.generics.span(), what, "write out the type of every field");
        return None;
    }
    match &item.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => return Some(fields.named.iter()),
            _ => errors.add(
                item.ident.span(),
                "`ClarifyObject` needs a struct with named fields",
                "give every field the name that it has in the workspace",
            ),
        },
        Data::Enum(_) => errors.add(
            item.ident.span(),
            "`ClarifyObject` is for structs",
            "for the options of a select derive `ClarifySelect`",
        ),
        Data::Union(_) => errors.add(
            item.ident.span(),
            "`ClarifyObject` is for structs",
            "use a struct with named fields",
        ),
    }
    None
}

const FIELD_ARGS: &[&str] = &["unique", "kind", "rename", "read_only", "extra", "skip"];

impl<'i> FieldInput<'i> {
    fn read(field: &'i syn::Field, errors: &mut Errors) -> Option<Self> {
        let mut input = Self {
            ident: field.ident.as_ref()?,
            ty: &field.ty,
            docs: field.attrs.iter().filter(|a| a.path().is_ident("doc")).collect(),
            unique: None,
            kind: None,
            rename: None,
            read_only: false,
            role: Role::Field,
        };
        let args = args(&field.attrs, FIELD_ARGS, errors);
        for arg in &args {
            let taken = input.take(arg);
            errors.take(taken);
        }
        input.check_role(&args, errors);
        Some(input)
    }

    fn take(&mut self, arg: &Arg) -> syn::Result<()> {
        match arg.name.to_string().as_str() {
            "unique" => self.unique = Some(arg.flag()?),
            "kind" => self.kind = Some(read_kind(arg)?),
            "rename" => self.rename = Some(arg.text("name_on_the_wire")?),
            "read_only" => self.read_only = arg.flag().map(|_| true)?,
            "extra" => self.role = arg.flag().map(|_| Role::Extra)?,
            _ => self.role = arg.flag().map(|_| Role::Skipped)?,
        }
        Ok(())
    }

    /// A field that is none of the record's has nothing else to say.
    fn check_role(&self, args: &[Arg], errors: &mut Errors) {
        let role = match self.role {
            Role::Field => return,
            Role::Extra => "extra",
            Role::Skipped => "skip",
        };
        for other in args.iter().filter(|arg| arg.name != role) {
            let what = format!("`{}` can't stand beside `{role}`", other.name);
            errors.add(other.span(), what, "keep one of them");
        }
    }
}

fn read_kind(arg: &Arg) -> syn::Result<(Kind, Span)> {
    let text = arg.text("currency")?;
    let kind = Kind::parse(&text.value()).ok_or_else(|| {
        let names = Kind::ALL.map(Kind::name);
        let help = suggestion(&text.value(), &names);
        syn::Error::new(text.span(), format!("unknown kind `{}`\nhelp: {help}", text.value()))
    })?;
    Ok((kind, text.span()))
}

/// An enum that derives `ClarifySelect`.
pub(crate) struct SelectInput<'i> {
    pub(crate) item: &'i DeriveInput,
    pub(crate) crate_path: Path,
    pub(crate) variants: Vec<VariantInput<'i>>,
}

/// One variant of it.
pub(crate) struct VariantInput<'i> {
    pub(crate) variant: &'i Variant,
    pub(crate) rename: Option<LitStr>,
    pub(crate) other: Option<Span>,
}

impl<'i> SelectInput<'i> {
    /// Reads the enum; nothing, if it is something else.
    pub(crate) fn read(item: &'i DeriveInput, errors: &mut Errors) -> Option<Self> {
        let Data::Enum(data) = &item.data else {
            let help = "for an object of the workspace derive `ClarifyObject`";
            errors.add(item.ident.span(), "`ClarifySelect` is for enums", help);
            return None;
        };
        if !item.generics.params.is_empty() {
            let what = "a select's enum can't be generic";
            errors.add(item.generics.span(), what, "a variant is an option, and holds nothing");
            return None;
        }
        let args = args(&item.attrs, &["crate"], errors);
        let crate_path = crate_path(&args, errors);
        let variants = data.variants.iter().map(|variant| VariantInput::read(variant, errors));
        Some(Self { item, crate_path, variants: variants.collect() })
    }
}

impl<'i> VariantInput<'i> {
    fn read(variant: &'i Variant, errors: &mut Errors) -> Self {
        let args = args(&variant.attrs, &["rename", "other"], errors);
        let find = |name: &str| args.iter().find(|arg| arg.name == name);
        Self {
            variant,
            rename: find("rename").and_then(|arg| errors.take(arg.text("In progress"))),
            other: find("other").and_then(|arg| errors.take(arg.flag())),
        }
    }
}
