//! An object's table as JSON, in an error of the compiler: so that the command line knows the structs
//! of a crate as the compiler does, and runs none of its code.

use std::borrow::Cow;

use clarify_schema::{Field, Object, TABLE_MARK, Text};

use super::text::{Buffer, text};

/// How much room the table of an object needs.
#[must_use]
pub const fn told_length(object: &Object) -> usize {
    table::<0>(object).wanted()
}

/// Tells the table of an object.
#[track_caller]
#[allow(clippy::panic, reason = "a panic while a constant is made is an error of the compiler")]
pub const fn tell_table<const LENGTH: usize>(object: &Object) {
    panic!("{}", table::<LENGTH>(object).as_str());
}

const fn table<const LENGTH: usize>(object: &Object) -> Buffer<LENGTH> {
    let mut out = Buffer::new();
    out.push(TABLE_MARK);
    out.push("{\"name\":");
    out.push_json(text(&object.name));
    out.push(",\"fields\":[");
    let mut fields: &[Field] = match &object.fields {
        Cow::Borrowed(fields) => fields,
        Cow::Owned(fields) => fields.as_slice(),
    };
    while let [field, rest @ ..] = fields {
        push_field(&mut out, field);
        push_comma(&mut out, rest.is_empty());
        fields = rest;
    }
    out.push("]}");
    out
}

const fn push_field<const N: usize>(out: &mut Buffer<N>, field: &Field) {
    out.push("{\"name\":");
    out.push_json(text(&field.name));
    out.push(",\"kind\":");
    out.push_json(field.kind.name());
    push_flag(out, "required", field.required);
    push_flag(out, "read_only", field.read_only);
    push_flag(out, "unique", field.unique);
    push_flag(out, "open", field.open);
    if let Some(target) = &field.target {
        out.push(",\"target\":");
        out.push_json(text(target));
    }
    push_options(out, field);
    out.push("}");
}

const fn push_flag<const N: usize>(out: &mut Buffer<N>, name: &str, is_set: bool) {
    if is_set {
        out.push(",\"");
        out.push(name);
        out.push("\":true");
    }
}

const fn push_options<const N: usize>(out: &mut Buffer<N>, field: &Field) {
    let mut options: &[Text] = match &field.options {
        Cow::Borrowed(options) => options,
        Cow::Owned(options) => options.as_slice(),
    };
    if options.is_empty() {
        return;
    }
    out.push(",\"options\":[");
    while let [option, rest @ ..] = options {
        out.push_json(text(option));
        push_comma(out, rest.is_empty());
        options = rest;
    }
    out.push("]");
}

const fn push_comma<const N: usize>(out: &mut Buffer<N>, is_last: bool) {
    if !is_last {
        out.push(",");
    }
}

#[cfg(test)]
mod tests {
    use clarify_schema::{BUILT_INS, Kind, read_table};

    use super::*;

    const ODD: &Object = &Object::new("c_odd", ODD_FIELDS);
    const ODD_FIELDS: &[Field] = &[
        Field::new("state", Kind::Select)
            .options(&[Cow::Borrowed("On \"hold\""), Cow::Borrowed("höchst\n"), Cow::Borrowed("")])
            .open()
            .required(),
        Field::new("number", Kind::Text).unique(),
        Field::new("company_id", Kind::ToOne).target("company").read_only(),
    ];
    const TOLD: Buffer<{ told_length(ODD) }> = table(ODD);

    #[test]
    fn a_table_is_read_back_as_it_was_told() {
        assert_eq!(read_table(TOLD.as_str()).unwrap().as_ref(), Some(ODD));
        assert_eq!(TOLD.as_str().len(), told_length(ODD), "no more room than needed");
    }

    #[test]
    fn so_are_the_fields_of_built_ins() {
        for object in BUILT_INS {
            let told = table::<4096>(object);
            let read = read_table(told.as_str()).unwrap().unwrap();
            for (field, read) in object.fields.iter().zip(read.fields.iter()) {
                assert_eq!(
                    (&field.name, field.kind, &field.options),
                    (&read.name, read.kind, &read.options)
                );
            }
            assert_eq!(read.fields.len(), object.fields.len());
        }
    }

    #[test]
    #[should_panic(expected = "clarify-table: {\"name\":\"c_odd\"")]
    fn it_is_told_as_an_error() {
        tell_table::<{ told_length(ODD) }>(ODD);
    }
}
