//! Which struct has all fields of an object, where several are of it.

use std::cmp::Reverse;
use std::ptr;

use clarify_schema::CUSTOM_PREFIX;
use heck::ToUpperCamelCase as _;

use super::source::StructSite;

/// The struct that has all fields of an object: the one that is called as the object, else the one
/// with the most fields, and of those the first.
pub(super) fn full<'a, 's>(
    object: &str,
    structs: &'a [StructSite<'s>],
) -> Option<&'a StructSite<'s>> {
    let mut own = structs.iter().filter(|it| it.object == object);
    let name = object.strip_prefix(CUSTOM_PREFIX).unwrap_or(object).to_upper_camel_case();
    let named = own.clone().find(|it| it.item.ident == name.as_str());
    named.or_else(|| own.by_ref().min_by_key(|it| Reverse(it.fields.len())))
}

/// Whether another struct has all fields of the object, and this one some of them.
pub(super) fn is_view(site: &StructSite<'_>, structs: &[StructSite<'_>]) -> bool {
    full(&site.object, structs).is_some_and(|full| !ptr::eq(full.item, site.item))
}
