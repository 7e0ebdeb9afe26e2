//! Types that are written plainly, as most are: what they hold is known without the compiler, and a
//! constant less for each makes the check of a struct cheap.

use clarify_schema::{Field, Kind};
use syn::Type;

use crate::input::argument;
use crate::model::Column;

const TEXTS: &[Kind] = &[Kind::Text, Kind::LongText, Kind::PersonName];
const NUMBERS: &[Kind] = &[Kind::Number, Kind::Currency];
const COLLECTIONS: &[Kind] =
    &[Kind::Texts, Kind::EmailAddresses, Kind::Domains, Kind::PhoneNumbers, Kind::MultiSelect];

/// Whether it can be seen that the type agrees with the workspace's field. What can't is left to the
/// compiler, mistakes too. It would see a `String` that is another type than the one of that name.
pub(super) fn agrees(ty: &Type, column: &Column, theirs: &Field, kind: Kind) -> bool {
    let is_optional = argument(ty, "Option").is_some();
    let is_required = !is_optional && argument(ty, "Vec").is_none();
    let lacks = theirs.required && is_optional && !column.read_only;
    let needs = is_required && !theirs.required;
    !lacks && !needs && holds(ty, kind)
}

/// Whether it can be seen that the type holds such a kind.
pub(super) fn holds(ty: &Type, kind: Kind) -> bool {
    if argument(ty, "Vec").is_some_and(|item| name_of(item).as_deref() == Some("String")) {
        return COLLECTIONS.contains(&kind);
    }
    kinds(argument(ty, "Option").unwrap_or(ty)).contains(&kind)
}

fn kinds(ty: &Type) -> &'static [Kind] {
    match name_of(ty).as_deref() {
        Some("String") => TEXTS,
        Some("f64" | "i32" | "i64" | "u32" | "u64") => NUMBERS,
        Some("bool") => &[Kind::Checkbox],
        _ => &[],
    }
}

fn name_of(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    path.path.get_ident().filter(|_| path.qself.is_none()).map(ToString::to_string)
}
