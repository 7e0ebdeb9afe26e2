//! Any sequence of snapshots ends in what the last of them alone ends in.

use std::collections::{BTreeSet, HashSet};

use clarify_codegen::{Names, Paths, module, plan};
use proptest::prelude::*;
use proptest::sample::Index;
use syn::spanned::Spanned as _;

use super::*;

const OBJECTS: [&str; 4] = ["c_order", "c_line", "company", "c_sales_person_of_the_month"];
const FIELDS: [&str; 8] = [
    "number",
    "fooBar",
    "match",
    "seller_id",
    "status",
    "a_rather_long_name_of_a_field_that_makes_a_line_wide_enough",
    "zulu",
    "Amount",
];
const OPTIONS: [&str; 5] = ["Draft", "On hold", "A+", "完了", "New"];
const KINDS: [Kind; 11] = [
    Kind::Text,
    Kind::LongText,
    Kind::Number,
    Kind::Currency,
    Kind::Date,
    Kind::DateTime,
    Kind::Checkbox,
    Kind::RichText,
    Kind::Texts,
    Kind::Select,
    Kind::ToOne,
];
/// Kinds that no schema takes for another, and whose enums are not in the way of others.
const OTHER_KINDS: [Kind; 4] = [Kind::Date, Kind::DateTime, Kind::Checkbox, Kind::ToOne];

/// What happens to a schema.
#[derive(Clone, Debug)]
enum Step {
    AddObject(Index, Index),
    AddField(Index, Index, Index, Index),
    AddOption(Index, Index, Index),
    SetKind(Index, Index, Index),
    Require(Index, Index),
    Lock(Index, Index),
    Single(Index, Index),
    RemoveField(Index, Index),
    Generate,
}

fn step() -> impl Strategy<Value = Step> {
    let one = any::<Index>;
    prop_oneof![
        2 => (one(), one()).prop_map(|(a, b)| Step::AddObject(a, b)),
        6 => (one(), one(), one(), one()).prop_map(|(a, b, c, d)| Step::AddField(a, b, c, d)),
        2 => (one(), one(), one()).prop_map(|(a, b, c)| Step::AddOption(a, b, c)),
        1 => (one(), one(), one()).prop_map(|(a, b, c)| Step::SetKind(a, b, c)),
        1 => (one(), one()).prop_map(|(a, b)| Step::Require(a, b)),
        1 => (one(), one()).prop_map(|(a, b)| Step::Lock(a, b)),
        1 => (one(), one()).prop_map(|(a, b)| Step::Single(a, b)),
        1 => (one(), one()).prop_map(|(a, b)| Step::RemoveField(a, b)),
        4 => Just(Step::Generate),
    ]
}

/// The objects, and the fields that they ever had: one that comes back elsewhere was moved, and the
/// order of fields is for people to say.
#[derive(Default)]
struct Workspace {
    objects: Vec<Object>,
    had: HashSet<(Text, &'static str)>,
}

impl Workspace {
    fn take(&mut self, step: &Step) {
        let objects = &mut self.objects;
        if let Step::AddObject(name, place) = step {
            let name = *name.get(&OBJECTS);
            if !objects.iter().any(|object| object.name == name) {
                objects.insert(place.index(objects.len() + 1), Object::named(name, vec![]));
            }
            return;
        }
        let Some(object) = step.object().filter(|_| !objects.is_empty()) else { return };
        let object = object.get_mut(objects);
        let mut fields = object.fields.to_vec();
        match step {
            Step::AddField(_, name, kind, place) => {
                let name = *name.get(&FIELDS);
                if self.had.insert((object.name.clone(), name)) {
                    fields.insert(place.index(fields.len() + 1), of_kind(name, *kind.get(&KINDS)));
                }
            }
            _ if fields.is_empty() => {}
            step => change(step, &mut fields),
        }
        object.fields = fields.into();
    }
}

impl Step {
    fn object(&self) -> Option<&Index> {
        match self {
            Self::AddObject(..) | Self::Generate => None,
            Self::AddField(object, ..)
            | Self::AddOption(object, ..)
            | Self::SetKind(object, ..)
            | Self::Require(object, _)
            | Self::Lock(object, _)
            | Self::Single(object, _)
            | Self::RemoveField(object, _) => Some(object),
        }
    }
}

fn change(step: &Step, fields: &mut Vec<Field>) {
    match step {
        Step::AddOption(_, field, option) => add_option(field.get_mut(fields), option),
        Step::SetKind(_, field, kind) => {
            let field = field.get_mut(fields);
            let name = FIELDS.iter().find(|it| field.name == **it).unwrap();
            *field = of_kind(name, *kind.get(&OTHER_KINDS));
        }
        Step::Require(_, field) => {
            let field = field.get_mut(fields);
            // Of a checkbox people say whether there is always one.
            field.required ^= field.kind != Kind::Checkbox;
        }
        Step::Lock(_, field) => field.get_mut(fields).read_only ^= true,
        Step::Single(_, field) => field.get_mut(fields).unique ^= true,
        Step::RemoveField(_, field) => drop(fields.remove(field.index(fields.len()))),
        Step::AddObject(..) | Step::AddField(..) | Step::Generate => {}
    }
}

fn of_kind(name: &'static str, kind: Kind) -> Field {
    match kind {
        Kind::ToOne => Field::new(name, kind).target(OBJECTS[name.len() % OBJECTS.len()]),
        Kind::Select => select(name, &["Draft"]),
        kind => Field::new(name, kind),
    }
}

fn add_option(field: &mut Field, option: &Index) {
    let option = *option.get(&OPTIONS);
    if field.kind == Kind::Select && !field.options.iter().any(|it| *it == *option) {
        let mut options = field.options.to_vec();
        options.insert(options.len() / 2, option.into());
        field.options = options.into();
    }
}

/// The texts of all items, and those of `use` lines in their order.
fn items(text: &str) -> (BTreeSet<&str>, Vec<&str>) {
    let source = Source::parse(text).unwrap();
    let is_use = |item: &&syn::Item| matches!(item, syn::Item::Use(_));
    let (uses, items): (Vec<_>, Vec<_>) = source.file.items.iter().partition(is_use);
    let text = |item: &syn::Item| text.get(item.span().byte_range()).unwrap();
    (items.into_iter().map(text).collect(), uses.into_iter().map(text).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn updates_end_where_a_new_file_does(steps in proptest::collection::vec(step(), 1..40)) {
        let mut workspace = Workspace::default();
        let (mut text, mut windows) = (String::new(), String::new());
        // Enums of what was linked to, or was a select, stay; so do fields of ours that are gone.
        let mut only_adds = true;
        let fresh = |objects: &[Object]| module(&plan(objects, &Names::default()), &Paths::Imported);
        for step in steps.iter().chain([&Step::Generate]) {
            only_adds &= !matches!(step, Step::SetKind(..) | Step::RemoveField(..));
            workspace.take(step);
            if !matches!(step, Step::Generate) {
                continue;
            }
            let objects = &workspace.objects;
            text = if text.is_empty() { fresh(objects) } else { done(&text, objects, true).0 };
            windows = match windows.is_empty() {
                true => text.replace('\n', "\r\n"),
                false => done(&windows, objects, true).0,
            };
            prop_assert_eq!(&windows, &text.replace('\n', "\r\n"));
            let new = fresh(objects);
            let ((ours, our_uses), (theirs, their_uses)) = (items(&text), items(&new));
            prop_assert!(theirs.is_subset(&ours), "{text}\n--- as against ---\n{new}");
            if only_adds {
                prop_assert_eq!(&ours, &theirs);
                prop_assert_eq!(our_uses, their_uses);
            }
            prop_assert_eq!(&done(&text, objects, true).0, &text);
        }
        is_formatted(&text);
    }
}
