//! Whatever objects a workspace has: what is generated for them is Rust, laid out as rustfmt does, and
//! the derives take it for those objects.

use std::collections::HashSet;
use std::io::Write as _;
use std::process::{Command, Stdio};

use clarify_codegen::{Names, Paths, Plan, module, plan};
use clarify_schema::{Field, Kind, Object, Text, check_field_name, check_object_name};
use proptest::prelude::*;
use proptest::sample::{SizeRange, select};
use syn::{DeriveInput, File, Item};

use super::{object, select as select_of};
use crate::errors::Errors;
use crate::input::{ObjectInput, SelectInput};
use crate::model::{ObjectModel, SelectModel};

fn option() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z][a-z]{1,6}( [A-Z][a-z]{1,6}){0,2}",
        "[a-zA-Z0-9 +/-]{1,8}",
        "\\PC{0,12}",
        "(Self|Other|Unknown|A\\+|A-|done|Done|完了|Größe|\u{202e}x)",
        "[a-z ]{60,90}",
    ]
}

fn field_name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,8}(_[a-z0-9]{1,4}){0,2}",
        "[A-Za-z][A-Za-z0-9_]{0,10}",
        "(match|self|crate|super|type|id|Name|name|option|bad-name|Self)",
        "[a-z_]{50,64}",
    ]
}

fn words() -> impl Strategy<Value = Option<Text>> {
    proptest::option::of(prop_oneof!["\\PC{0,20}", "[a-zA-Z \\-*#`\\[\\]<>\n]{0,200}"])
        .prop_map(|words| words.map(Text::Owned))
}

fn field(name: String) -> impl Strategy<Value = Field> {
    let target = select(&["company", "user", "c_a", "c_elsewhere"][..]);
    let options = prop::collection::vec(option(), SizeRange::from(0..6));
    let flags = any::<(bool, bool, bool)>();
    (select(&Kind::ALL[..]), options, target, flags, words(), words()).prop_map(
        move |(kind, options, target, (required, read_only, has_target), title, description)| {
            let mut field = Field::named(name.clone().into(), kind);
            (field.required, field.read_only) = (required, read_only);
            (field.title, field.description) = (title, description);
            if matches!(kind, Kind::Select | Kind::MultiSelect) {
                field.options = options.into_iter().map(Text::Owned).collect::<Vec<_>>().into();
            }
            if matches!(kind, Kind::ToOne | Kind::ToMany) && has_target {
                field.target = Some(target.into());
            }
            field
        },
    )
}

fn object_of(name: String) -> impl Strategy<Value = Object> {
    let names = prop::collection::btree_set(field_name(), 0..10);
    let fields = names.prop_flat_map(|names| names.into_iter().map(field).collect::<Vec<_>>());
    (fields, words(), any::<prop::sample::Index>()).prop_map(
        move |(mut fields, description, unique)| {
            if !fields.is_empty() && name.starts_with("c_") {
                let place = unique.index(fields.len());
                fields[place].unique = true;
            }
            let mut object = Object::named(name.clone(), fields);
            object.description = description;
            object
        },
    )
}

fn objects() -> impl Strategy<Value = Vec<Object>> {
    let name = prop_oneof![
        "c_[a-z]{1,5}(_[a-z0-9]{1,3}){0,3}",
        "c_(a|a_b|a__b|option|user|person|value|string|decimal|task)",
        "(person|company|deal|meeting|task)",
    ];
    let names = prop::collection::btree_set(name, 0..5);
    names.prop_flat_map(|names| names.into_iter().map(object_of).collect::<Vec<_>>())
}

/// The kind of a field of this type, as `clarify_core` has it.
fn kind_of(ty: &str) -> Kind {
    let one = |name: &str| ty.ends_with(&format!("{name}>")) || ty.ends_with(name);
    let is_collection = ty.starts_with("Vec<");
    match ty {
        _ if ty.contains("RecordId<") => Kind::ToOne,
        "Vec<String>" => Kind::Texts,
        _ if one("String") && is_word(ty, "String") => Kind::Text,
        _ if is_word(ty, "Decimal") => Kind::Number,
        _ if is_word(ty, "bool") => Kind::Checkbox,
        _ if is_word(ty, "Date") => Kind::Date,
        _ if is_word(ty, "Timestamp") => Kind::DateTime,
        _ if is_word(ty, "PersonName") => Kind::PersonName,
        _ if is_word(ty, "RichText") => Kind::RichText,
        _ if is_word(ty, "Value") => Kind::Other,
        _ if is_collection => Kind::MultiSelect,
        _ => Kind::Select,
    }
}

fn is_word(ty: &str, name: &str) -> bool {
    ty == name || ty == format!("Option<{name}>")
}

/// That the derive takes a struct for the object, as far as a struct can be it.
fn check_struct(item: &DeriveInput, theirs: &Object) {
    let mut errors = Errors::default();
    let model = ObjectModel::new(ObjectInput::read(item, &mut errors).unwrap(), &mut errors);
    assert!(errors.is_empty(), "{}", errors.into_tokens());
    assert_eq!(model.name, theirs.name);
    for column in &model.columns {
        let field = theirs.field(&column.name).unwrap();
        let ty = model.input.fields[column.place].ty;
        let ty = quote::quote!(#ty).to_string().replace(' ', "");
        let kind = column.kind.unwrap_or_else(|| kind_of(&ty));
        assert!(kind.is_known_as(field.kind), "{}: {ty} is {kind:?}", column.name);
        if theirs.name.starts_with("c_") {
            assert_eq!(kind, field.kind, "{}: {ty}", column.name);
            let can_be = field.kind.can_be_unique() && !field.read_only;
            assert_eq!(column.unique, field.unique && can_be, "{}", column.name);
        }
        assert_eq!(column.read_only, field.read_only, "{}", column.name);
        let is_required = !ty.starts_with("Option<") && !ty.starts_with("Vec<");
        assert_eq!(is_required, field.required && !field.kind.is_collection(), "{ty}");
    }
    let missing = theirs.fields.iter().filter(|field| {
        field.kind != Kind::ToMany
            && check_field_name(&field.name).is_ok()
            && !model.columns.iter().any(|column| column.name == field.name)
    });
    // What every workspace has of a built-in can't be something else.
    assert!(missing.count() == 0 || !theirs.name.starts_with("c_"));
    object(item);
}

fn check_enum(item: &DeriveInput, plan: &Plan) {
    let mut errors = Errors::default();
    let model = SelectModel::new(SelectInput::read(item, &mut errors).unwrap(), &mut errors);
    assert!(errors.is_empty(), "{}", errors.into_tokens());
    let selects = plan.objects.iter().flat_map(|generated| &generated.selects);
    let theirs = selects.into_iter().find(|select| item.ident == select.name.as_str()).unwrap();
    let options: Vec<_> = model.options.iter().map(|(_, text)| text).collect();
    assert_eq!(options, theirs.variants.iter().map(|it| &it.option).collect::<Vec<_>>());
    assert!(model.other.is_some());
    let idents: HashSet<_> = model.input.variants.iter().map(|it| &it.variant.ident).collect();
    assert_eq!(idents.len(), options.len() + 1, "each variant has a name of its own");
    select_of(item);
}

fn check(objects: &[Object]) {
    let plan = plan(objects, &Names::default());
    let source = module(&plan, &Paths::Imported);
    let file: File = syn::parse_str(&source).unwrap_or_else(|error| panic!("{error}\n{source}"));
    let mut names = HashSet::new();
    let mut structs = 0;
    for item in file.items {
        match item {
            Item::Struct(item) => {
                assert!(names.insert(item.ident.to_string()), "{source}");
                let derive = DeriveInput::from(item);
                check_struct(&derive, &objects[structs]);
                structs += 1;
            }
            Item::Enum(item) => {
                assert!(names.insert(item.ident.to_string()), "{source}");
                if !item.variants.is_empty() {
                    check_enum(&DeriveInput::from(item), &plan);
                }
            }
            _ => {}
        }
    }
    assert_eq!(structs, objects.len());
}

/// What rustfmt makes of a source; nothing, where there is no rustfmt.
fn formatted(source: &str) -> Option<String> {
    let mut rustfmt = Command::new("rustfmt");
    // Of no folder's settings.
    rustfmt.args(["--edition", "2024"]).current_dir(std::env::temp_dir());
    rustfmt.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = rustfmt.spawn().ok()?;
    child.stdin.take()?.write_all(source.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    assert!(output.status.success(), "{source}");
    String::from_utf8(output.stdout).ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_generated_is_those_objects(objects in objects()) {
        prop_assume!(objects.iter().all(|object| check_object_name(&object.name).is_ok()));
        check(&objects);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_generated_is_as_rustfmt_leaves_it(objects in objects()) {
        let source = module(&plan(&objects, &Names::default()), &Paths::Imported);
        match formatted(&source) {
            Some(formatted) => prop_assert_eq!(formatted, source),
            None => eprintln!("skipped: there is no rustfmt here"),
        }
    }
}
