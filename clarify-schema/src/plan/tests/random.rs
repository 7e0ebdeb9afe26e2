//! Whatever the objects are, a plan leads there, and takes nothing away that may not go.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;

const OBJECTS: [&str; 4] = ["c_a", "c_b", "c_c", "company"];
const FIELDS: [&str; 5] = ["v", "w", "x", "y", "z"];
const OPTIONS: [&str; 3] = ["A", "B", "C"];

fn field() -> impl Strategy<Value = Field> {
    let links = (select(&OBJECTS[..]), proptest::option::of(select(&FIELDS[..])));
    let options = subsequence(&OPTIONS[..], 0..=3);
    let rules = any::<(bool, bool, bool, bool)>();
    (select(&Kind::ALL[..]), links, options, rules).prop_map(
        |(kind, (target, inverse), options, rules)| {
            let mut field = Field::new("f", kind);
            if matches!(kind, Kind::ToOne | Kind::ToMany) {
                field.target = Some(target.into());
                field.inverse = inverse.map(Into::into);
                field.many_to_many = kind == Kind::ToMany && rules.3;
            }
            if making::is_select(kind) {
                field.options = options.into_iter().map(Into::into).collect::<Vec<Text>>().into();
                field.open = rules.3;
            }
            (field.required, field.read_only) = (rules.0, rules.1);
            field.unique = rules.2 && kind.can_be_unique();
            field
        },
    )
}

fn one(name: &'static str) -> impl Strategy<Value = Object> {
    (subsequence(&FIELDS[..], 0..=FIELDS.len()), vec(field(), FIELDS.len())).prop_map(
        move |(names, fields)| {
            let mut has_unique = false;
            let fields = names.into_iter().zip(fields).map(|(name, field)| {
                let unique = field.unique && !has_unique;
                has_unique |= unique;
                Field { name: name.into(), unique, ..field }
            });
            Object::named(name, fields.collect())
        },
    )
}

fn objects() -> impl Strategy<Value = Vec<Object>> {
    subsequence(&OBJECTS[..], 0..=OBJECTS.len())
        .prop_flat_map(|names| names.into_iter().map(one).collect::<Vec<_>>())
}

fn permission() -> impl Strategy<Value = Permission> {
    any::<(bool, bool, bool)>().prop_map(|(remove_fields, remove_options, require)| Permission {
        remove_fields,
        remove_options,
        require,
    })
}

proptest! {
    #[test]
    fn a_plan_leads_there(ours in objects(), theirs in objects(), permission in permission()) {
        let made = plan(&ours, &theirs, permission);
        let mut now = theirs;
        for step in &made.steps {
            prop_assert!(!step.is_done(&now), "{step:?}");
            step.apply(&mut now);
            prop_assert!(step.is_done(&now), "{step:?}");
        }
        let again = plan(&ours, &now, permission);
        prop_assert_eq!(&again.steps, &Vec::new());
        prop_assert_eq!(again.left, made.left);
    }

    #[test]
    fn nothing_goes_that_may_not(ours in objects(), theirs in objects(), require: bool) {
        let made = plan(&ours, &theirs, Permission { require, ..NOTHING });
        let mut now = theirs.clone();
        made.steps.iter().for_each(|step| step.apply(&mut now));
        for before in &theirs {
            let after = now.iter().find(|object| object.name == before.name).unwrap();
            for field in before.fields.iter() {
                let kept = after.field(&field.name).unwrap();
                prop_assert_eq!(kept.kind, field.kind);
                prop_assert!(field.options.iter().all(|option| kept.options.contains(option)));
                prop_assert!(kept.required == field.required || require);
                prop_assert!(kept.unique || !field.unique);
            }
        }
    }
}
