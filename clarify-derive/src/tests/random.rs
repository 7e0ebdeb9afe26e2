//! Whatever is derived on: the macros never panic, and what they emit is Rust.

use proptest::prelude::*;
use syn::{DeriveInput, File};

use super::{object, select};

fn ident() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z][a-z0-9_]{0,12}",
        "[A-Z][A-Za-z0-9]{0,12}",
        "r#(type|match|fn|struct)",
        "(Person|Company|id|_x|name|object|[äößé]{1,3})",
    ]
    .prop_filter("keywords are no names", |name| {
        syn::parse_str::<syn::Ident>(name).is_ok() || name.starts_with("r#")
    })
}

fn argument() -> impl Strategy<Value = String> {
    let name = "(object|crate|unique|kind|rename|read_only|extra|skip|other|uniqe|[a-z]{1,8})";
    let value =
        "(| = \"[a-z_\\.]{0,12}\"| = [a-z]{1,8}| = 5|\\(5\\)| = |=\"currency\"|=\"emails\")";
    (name, value).prop_map(|(name, value)| format!("{name}{value}"))
}

fn attribute() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => Just(String::new()),
        4 => prop::collection::vec(argument(), 0..3).prop_map(|args| format!("#[clarify({})]", args.join(", "))),
        1 => Just("#[clarify]".to_owned()),
        1 => Just("#[clarify = \"x\"]".to_owned()),
        1 => Just("/// Words.".to_owned()).prop_map(|line| format!("{line}\n")),
    ]
}

fn ty() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("String"),
        Just("f64"),
        Just("Self"),
        Just("()"),
        Just("[u8; 4]"),
        Just("&'static str"),
        Just("fn(u8) -> u8"),
        Just("jiff::civil::Date"),
        Just("dyn Any"),
        Just("<T as U>::V"),
    ]
    .prop_map(str::to_owned);
    leaf.prop_recursive(3, 8, 1, |inner| {
        prop_oneof![
            inner.clone().prop_map(|ty| format!("Option<{ty}>")),
            inner.clone().prop_map(|ty| format!("Vec<{ty}>")),
            inner.prop_map(|ty| format!("std::option::Option<{ty}>")),
        ]
    })
}

fn members(separator: &'static str) -> impl Strategy<Value = String> {
    let member = (attribute(), ident(), ty())
        .prop_map(move |(attribute, name, ty)| format!("{attribute} {name}{separator}{ty}"));
    prop::collection::vec(member, 0..6).prop_map(|members| members.join(",\n"))
}

fn variants() -> impl Strategy<Value = String> {
    let payload = "(|\\(String\\)|\\(u8, u8\\)| \\{ a: u8 \\}| = 5)";
    let variant = (attribute(), "[A-Z][A-Za-z]{0,8}", payload)
        .prop_map(|(attribute, name, payload)| format!("{attribute} {name}{payload}"));
    prop::collection::vec(variant, 0..6).prop_map(|variants| variants.join(",\n"))
}

fn item() -> impl Strategy<Value = String> {
    let generics = "(||<'a>|<T>|<T: Clone, const N: usize>)";
    prop_oneof![
        6 => (attribute(), ident(), generics, members(": "))
            .prop_map(|(a, name, generics, members)| format!("{a} struct {name}{generics} {{ {members} }}")),
        1 => (ident(), ty()).prop_map(|(name, ty)| format!("struct {name}({ty}, u8);")),
        1 => ident().prop_map(|name| format!("struct {name};")),
        1 => ident().prop_map(|name| format!("union {name} {{ a: u8 }}")),
        4 => (attribute(), ident(), variants())
            .prop_map(|(a, name, variants)| format!("{a} enum {name} {{ {variants} }}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_macros_emit_rust_and_never_panic(source in item()) {
        let item = syn::parse_str::<DeriveInput>(&source);
        prop_assume!(item.is_ok());
        let item = item.unwrap();
        for tokens in [object(&item), select(&item)] {
            let text = tokens.to_string();
            prop_assert!(syn::parse2::<File>(tokens).is_ok(), "{source}\n{text}");
        }
    }
}
