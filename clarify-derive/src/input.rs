//! The struct or enum as it was written, with its arguments read.

use clarify_schema::Kind;
use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::{
    Attribute, Data, DeriveInput, Fields, GenericArgument, GenericParam, Ident, LitStr, Path,
    PathArguments, Type, Variant,
};

use crate::attr::{Arg, Place, args};
use crate::errors::{Errors, suggestion};

/// Where the crate is whose items the emitted code names.
fn crate_path(args: &[Arg], errors: &mut Errors) -> Path {
    let arg = args.iter().find(|arg| arg.name == "crate");
    arg.and_then(|arg| errors.take(arg.path())).unwrap_or_else(default_crate)
}

pub(crate) fn default_crate() -> Path {
    syn::parse_quote!(::clarify_core)
}

/// A struct that derives `ClarifyObject`.
pub(crate) struct ObjectInput<'i> {
    pub(crate) item: &'i DeriveInput,
    pub(crate) crate_path: Path,
    pub(crate) object: Option<LitStr>,
    /// Where the snapshot of the workspace's schema is.
    pub(crate) schema: Option<LitStr>,
    /// Where it is said that there must be one.
    pub(crate) checked: Option<Span>,
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
    /// One of the record's, but for a mistake in its type, which has been reported.
    Mistaken,
}

impl<'i> ObjectInput<'i> {
    /// Reads the struct; nothing, if it is something else.
    pub(crate) fn read(item: &'i DeriveInput, errors: &mut Errors) -> Option<Self> {
        let fields = named_fields(item, errors)?;
        let args = args(&item.attrs, Place::Object, errors);
        let find = |name: &str| args.iter().find(|arg| arg.name == name);
        Some(Self {
            item,
            crate_path: crate_path(&args, errors),
            object: find("object").and_then(|arg| errors.take(arg.text("person"))),
            schema: find("schema").and_then(|arg| errors.take(arg.text("clarify.schema"))),
            checked: find("checked").and_then(|arg| errors.take(arg.flag())),
            fields: fields.filter_map(|field| FieldInput::read(field, errors)).collect(),
        })
    }
}

fn named_fields<'i>(
    item: &'i DeriveInput,
    errors: &mut Errors,
) -> Option<impl Iterator<Item = &'i syn::Field> + use<'i>> {
    check_generics(item, errors)?;
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

/// An object is one table, so its struct has one form.
fn check_generics(item: &DeriveInput, errors: &mut Errors) -> Option<()> {
    let Some(first) = item.generics.params.first() else { return Some(()) };
    let (what, help) = match first {
        GenericParam::Lifetime(_) => {
            ("an object's struct can't borrow: records are read into it", "own the text: `String`")
        }
        GenericParam::Type(_) | GenericParam::Const(_) => {
            ("an object's struct can't be generic", "write out the type of every field")
        }
    };
    errors.add(first.span(), what, help);
    None
}

impl<'i> FieldInput<'i> {
    fn read(field: &'i syn::Field, errors: &mut Errors) -> Option<Self> {
        let mut input = Self {
            ident: field.ident.as_ref()?,
            ty: as_written(&field.ty),
            docs: field.attrs.iter().filter(|a| a.path().is_ident("doc")).collect(),
            unique: None,
            kind: None,
            rename: None,
            read_only: false,
            role: Role::Field,
        };
        let args = args(&field.attrs, Place::Field, errors);
        for arg in &args {
            let taken = input.take(arg);
            errors.take(taken);
        }
        input.check_role(&args, errors);
        input.check_option(errors);
        Some(input)
    }

    /// What can be seen of a type without knowing what its names stand for. The field is then left
    /// out, so that the compiler does not report it once more.
    fn check_option(&mut self, errors: &mut Errors) {
        if self.role != Role::Field {
            return;
        }
        let Some(inner) = argument(self.ty, "Option") else { return };
        if argument(inner, "Vec").is_some() {
            let help = "take the `Option` away: an empty `Vec` is no value";
            errors.under(self.ty, "a collection needs no `Option`", help);
        } else if argument(inner, "Option").is_some() {
            let help = "take one `Option` away; to clear a field, use a patch";
            errors.under(self.ty, "a field is there or not: one `Option` says it", help);
        } else {
            return;
        }
        self.role = Role::Mistaken;
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
            Role::Field | Role::Mistaken => return,
            Role::Extra => "extra",
            Role::Skipped => "skip",
        };
        for other in args.iter().filter(|arg| arg.name != role) {
            let what = format!("`{}` can't stand beside `{role}`", other.name);
            errors.add(other.span(), what, "keep one of them");
        }
    }
}

/// A type that came through a macro's `$t:ty` is wrapped, with the place of the `$t`: mistakes in it
/// are where it was written.
fn as_written(mut ty: &Type) -> &Type {
    while let Type::Group(group) = ty {
        ty = &group.elem;
    }
    ty
}

/// The `T` of `Name<T>`.
pub(crate) fn argument<'t>(ty: &'t Type, name: &str) -> Option<&'t Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == name)?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        },
        _ => None,
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
        let args = args(&item.attrs, Place::Select, errors);
        let crate_path = crate_path(&args, errors);
        let variants = data.variants.iter().map(|variant| VariantInput::read(variant, errors));
        Some(Self { item, crate_path, variants: variants.collect() })
    }
}

impl<'i> VariantInput<'i> {
    fn read(variant: &'i Variant, errors: &mut Errors) -> Self {
        let args = args(&variant.attrs, Place::Variant, errors);
        let find = |name: &str| args.iter().find(|arg| arg.name == name);
        Self {
            variant,
            rename: find("rename").and_then(|arg| errors.take(arg.text("In progress"))),
            // A value that it can't have makes it no less the one that keeps unknown options.
            other: find("other").map(|arg| errors.take(arg.flag()).unwrap_or(arg.span())),
        }
    }
}
