//! Random structs and enums, good and bad, given to the real compiler: each compiles, or is
//! explained in the derive's own words at a place that the user wrote.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that does not go as it should ends there"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::Value;

const GOOD_TYPES: &[&str] = &[
    "String",
    "Option<String>",
    "Option<f64>",
    "i64",
    "Option<u8>",
    "bool",
    "Option<clarify_core::Decimal>",
    "Vec<String>",
    "Option<jiff::civil::Date>",
    "Option<jiff::Timestamp>",
    "Option<clarify_core::RecordId<Self>>",
    "Option<clarify_core::PersonName>",
    "Option<serde_json::Value>",
    "Option<super::Status>",
    "Vec<super::Status>",
];

const BAD_TYPES: &[&str] = &[
    "Option<Vec<String>>",
    "Option<Option<bool>>",
    "Vec<f64>",
    "std::net::IpAddr",
    "(String, f64)",
    "[u8; 4]",
    "Box<String>",
    "f32",
    "Vec<Vec<String>>",
    "fn(u8) -> u8",
];

const GOOD_ARGUMENTS: &[&str] = &["", "", "", "#[clarify(read_only)]"];

const BAD_ARGUMENTS: &[&str] = &[
    "#[clarify(uniqe)]",
    "#[clarify(kind = \"currency\")]",
    "#[clarify(kind = \"curency\")]",
    "#[clarify(kind = text)]",
    "#[clarify(rename = \"\")]",
    "#[clarify(rename = \"id\")]",
    "#[clarify(rename = \"same\")]",
    "#[clarify(rename(\"x\"))]",
    "#[clarify(unique)]",
    "#[clarify(unique, unique)]",
    "#[clarify(extra)]",
    "#[clarify(object = \"person\")]",
    "#[clarify]",
    "#[clarify(skip)]",
];

fn field(
    types: &'static [&'static str],
    arguments: &'static [&'static str],
) -> impl Strategy<Value = String> {
    (select(arguments), "[a-z]{2}_[a-z]{1,6}", select(types))
        .prop_map(|(argument, name, ty)| format!("{argument} pub {name}: {ty}"))
}

fn structs(
    types: &'static [&'static str],
    arguments: &'static [&'static str],
    heads: &'static [&'static str],
) -> impl Strategy<Value = String> {
    let fields = prop::collection::btree_set(field(types, arguments), 1..8);
    (select(heads), fields).prop_map(|(head, fields)| {
        let fields: Vec<_> = fields.into_iter().collect();
        format!("#[derive(clarify_core::ClarifyObject)]\n{head} {{\n{}\n}}", fields.join(",\n"))
    })
}

const GOOD_HEADS: &[&str] = &["pub struct Thing", "struct SalesOrder", "pub(crate) struct Note"];

const BAD_HEADS: &[&str] = &[
    "pub struct Thing",
    "struct Person",
    "#[clarify(object = \"persn\")] struct Thing",
    "#[clarify(unique)] struct Thing",
    "struct Thing<const N: usize>",
    "#[clarify(object = \"task\")] struct Thing",
];

/// Each item in a module of its own, so that names don't meet.
fn source(items: &[String]) -> String {
    let modules = items.iter().enumerate().map(|(index, item)| {
        format!("pub mod m{index} {{\n#![allow(dead_code, clippy::all)]\n{item}\n}}\n")
    });
    let select = "#[derive(clarify_core::ClarifySelect)]\npub enum Status { Open, Closed }\n";
    std::iter::once(select.to_owned()).chain(modules).collect()
}

fn generate(strategy: &impl Strategy<Value = String>, count: usize) -> Vec<String> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

/// What the compiler says of a library with this source: its messages, as JSON.
fn check(name: &str, source: &str) -> Vec<Value> {
    let package = folder().join(name);
    std::fs::create_dir_all(package.join("src")).unwrap();
    std::fs::write(package.join("Cargo.toml"), manifest(name)).unwrap();
    std::fs::write(package.join("src/lib.rs"), source).unwrap();
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--quiet", "--message-format=json", "--manifest-path"])
        .arg(package.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(folder().join("target"))
        .output()
        .unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let messages: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let finished = messages.iter().any(|message| message["reason"] == "build-finished");
    assert!(finished, "{}", String::from_utf8_lossy(&output.stderr));
    let said = messages.into_iter().filter(|message| message["reason"] == "compiler-message");
    said.map(|mut message| message["message"].take()).collect()
}

/// Beside this test's own target folder.
fn folder() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    program.ancestors().nth(3).unwrap().join("random-structs")
}

fn manifest(name: &str) -> String {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../clarify-core");
    format!(
        "[package]\nname = \"{name}\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
         clarify-core = {{ path = {core:?}, default-features = false, features = [\"derive\"] }}\n\
         jiff = {{ version = \"0.2\", default-features = false }}\nserde_json = \"1\"\n"
    )
}

fn errors(messages: &[Value]) -> Vec<&Value> {
    let is_summary = |message: &Value| {
        let text = message["message"].as_str().unwrap();
        text.starts_with("aborting") || text.starts_with("Some errors have")
    };
    messages.iter().filter(|m| m["level"] == "error" && !is_summary(m)).collect()
}

#[test]
fn good_structs_compile_without_a_word() {
    let items = generate(&structs(GOOD_TYPES, GOOD_ARGUMENTS, GOOD_HEADS), 150);
    let messages = check("good", &source(&items));
    assert!(messages.is_empty(), "{}", messages[0]["rendered"].as_str().unwrap());
}

#[test]
fn bad_structs_are_explained_where_the_mistake_is() {
    let types = [GOOD_TYPES, BAD_TYPES].concat().leak();
    let arguments = [GOOD_ARGUMENTS, GOOD_ARGUMENTS, BAD_ARGUMENTS].concat().leak();
    let items = generate(&structs(types, arguments, BAD_HEADS), 150);
    let messages = check("bad", &source(&items));
    let errors = errors(&messages);
    assert!(errors.len() > 100, "only {} errors", errors.len());
    for error in errors {
        let rendered = error["rendered"].as_str().unwrap();
        assert!(is_ours(error), "not in the derive's words: {rendered}");
        let line = error["spans"][0]["text"][0]["text"].as_str().unwrap();
        assert!(!line.contains("#[derive"), "not at the mistake: {rendered}");
    }
}

/// What the macros say has no code; what the library's traits and checks say begins so.
fn is_ours(error: &Value) -> bool {
    let text = error["message"].as_str().unwrap();
    let words = [
        "this type can't be the type of a field",
        "this type can't hold extra fields",
        "a field that is skipped",
        "evaluation panicked: a field of the kind",
        "evaluation panicked: upserts match on",
    ];
    error["code"].is_null() || words.iter().any(|words| text.starts_with(words))
}
