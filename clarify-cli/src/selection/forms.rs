//! How the values of a filter are written, by the kinds of fields: as in `docs/command.md`.

use clarify_schema::{Field, Kind};

/// What a field can be filtered by.
pub(super) fn forms(name: &str, field: &Field) -> String {
    let (forms, value) = of(field.kind);
    let forms = forms.split(' ').map(|form| format!("`{name}={form}`"));
    format!("write {}{value}", forms.collect::<Vec<_>>().join(", "))
}

/// The short forms, and how a value looks.
const fn of(kind: Kind) -> (&'static str, &'static str) {
    use Kind::*;
    match kind {
        Text | LongText | PersonName => ("x !=x *x* x* *x null !null", ""),
        Number | Currency => ("5 !=5 >5 >=5 <5 <=5 null !null", ", and a fraction as `500.5`"),
        Date | DateTime => {
            ("D !=D >D >=D <D <=D null !null", ", with a date as `2026-01-31` for `D`")
        }
        Select => ("x !=x a,b null !null", ""),
        MultiSelect | EmailAddresses | Domains | PhoneNumbers | Texts => {
            ("x !=x null !null", ", with a whole item for `x`")
        }
        Checkbox => ("true false", ""),
        ToOne => ("ID !=ID null !null", ""),
        _ => ("null !null", ""),
    }
}
