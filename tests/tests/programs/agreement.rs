//! What the compiler refuses is what breaks at run time, by one table of cases.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clarify_schema::Kind::*;
use clarify_schema::{Field, Kind, Object, TABLES_OF, differences, read_table, tables_of};

use crate::program::{Program, manifest};

/// How a field of a struct stands to the workspace's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Fits,
    /// The compiler refuses it, and it breaks.
    Breaks,
    /// The compiler refuses what need not break: it depends on the values.
    Stricter,
    /// The compiler lets pass what may break, as no other type would be better.
    Laxer,
}

use Verdict::{Breaks, Fits, Laxer, Stricter};

const fn field(kind: Kind) -> Field {
    Field::new("f", kind)
}

fn select(kind: Kind, options: &[&'static str]) -> Field {
    let mut field = field(kind);
    field.options = options.iter().map(|option| (*option).into()).collect();
    field
}

fn link(target: &'static str) -> Field {
    field(ToOne).target(target)
}

const OWN: &str = "
#[derive(ClarifySelect)]
enum Closed { A, B }
#[derive(ClarifySelect)]
enum Open { A, #[clarify(other)] Other(String) }
";

fn cases() -> Vec<(&'static str, Field, Verdict)> {
    let ab: &[&'static str] = &["A", "B"];
    vec![
        ("f: Option<String>", field(Text), Fits),
        ("f: Option<String>", field(LongText), Fits),
        ("f: Option<String>", field(PersonName), Fits),
        ("f: Option<String>", field(Select), Stricter),
        ("f: Option<String>", field(ToOne), Stricter),
        ("f: Option<String>", field(Number), Breaks),
        ("f: Option<String>", field(Other), Fits),
        ("f: Option<PersonName>", field(PersonName), Fits),
        ("f: Option<PersonName>", field(Text), Stricter),
        ("f: Option<f64>", field(Currency), Fits),
        ("f: Option<Decimal>", field(Text), Breaks),
        ("f: Option<i64>", field(Number), Fits),
        ("f: Option<bool>", field(Text), Breaks),
        ("f: bool", field(Checkbox), Breaks),
        ("f: bool", field(Checkbox).required(), Fits),
        ("f: Option<bool>", field(Checkbox), Fits),
        ("f: Option<bool>", field(Checkbox).required(), Breaks),
        ("f: Option<Date>", field(Date), Fits),
        ("f: Option<Date>", field(DateTime), Breaks),
        ("f: Option<Timestamp>", field(DateTime), Fits),
        ("f: Option<Value>", field(Location), Fits),
        ("f: Option<Value>", field(Number), Fits),
        ("f: Option<RichText>", field(RichText), Fits),
        ("f: Vec<String>", field(EmailAddresses), Fits),
        ("f: Vec<String>", select(MultiSelect, ab), Fits),
        ("f: Vec<String>", field(Text), Breaks),
        ("f: Vec<String>", field(Texts).required(), Fits),
        ("f: Option<String>", field(Text).required(), Breaks),
        ("f: String", field(Text), Breaks),
        ("f: String", field(Text).required(), Fits),
        ("#[clarify(read_only)] f: Option<String>", field(Text).required().read_only(), Fits),
        ("#[clarify(read_only)] f: Option<String>", field(Text).required(), Fits),
        ("#[clarify(read_only)] f: String", field(Text).read_only(), Breaks),
        ("f: Option<String>", field(Text).read_only(), Breaks),
        ("#[clarify(unique)] f: Option<String>", field(Text).unique(), Fits),
        ("#[clarify(unique)] f: Option<String>", field(Text), Breaks),
        ("f: Option<String>", field(Text).unique(), Fits),
        ("#[clarify(kind = \"currency\")] f: Option<f64>", field(Number), Fits),
        ("#[clarify(kind = \"domains\")] f: Vec<String>", select(MultiSelect, ab), Stricter),
        ("f: Option<RecordId<User>>", link("user"), Fits),
        ("f: Option<RecordId<User>>", link("company"), Breaks),
        ("f: Option<RecordId<Self>>", link("company"), Breaks),
        ("f: Option<RecordId<User>>", field(Text), Stricter),
        ("f: Option<Value>", field(ToMany).target("company"), Stricter),
        ("f: Option<Closed>", select(Select, ab), Fits),
        ("f: Option<Closed>", select(Select, &[]), Fits),
        ("f: Option<Closed>", select(Select, &["a", "B"]), Breaks),
        ("f: Option<Closed>", select(Select, &["A", "B", "C"]), Breaks),
        ("f: Option<Open>", select(Select, &["A", "B", "C"]), Fits),
        ("f: Option<Open>", select(Select, &["B"]), Breaks),
        ("#[clarify(read_only)] f: Option<Open>", select(Select, &["B"]).read_only(), Fits),
        ("f: Vec<Closed>", select(MultiSelect, &["A"]), Breaks),
        ("f: Vec<Open>", select(MultiSelect, ab), Fits),
        ("f: Option<Closed>", select(MultiSelect, ab), Breaks),
        ("g: Option<String>", field(Text), Breaks),
        ("#[clarify(read_only)] g: Option<String>", field(Text), Stricter),
        ("#[clarify(skip)] g: u8", field(Text), Fits),
        ("#[clarify(skip)] g: u8", field(Text).required(), Breaks),
        ("#[clarify(extra)] g: BTreeMap<String, Value>", field(Text).required(), Laxer),
    ]
}

/// A struct for each case, on the line of its number.
fn source(cases: &[(&'static str, Field, Verdict)]) -> String {
    let mut source = String::new();
    for (place, (field, ..)) in cases.iter().enumerate() {
        let line = format!("#[derive(ClarifyObject)] struct Case{place} {{ {field} }}");
        writeln!(source, "{line}").unwrap();
    }
    source.push_str("use std::collections::BTreeMap;\nuse clarify_core::*;\n");
    source.push_str("use jiff::{Timestamp, civil::Date};\nuse serde_json::Value;\n");
    source + OWN
}

fn object(place: usize, field: Field) -> Object {
    Object::named(format!("c_case{place}"), vec![field])
}

#[test]
fn what_the_compiler_refuses_is_what_breaks() {
    let cases = cases();
    let program =
        Program::new(&[("Cargo.toml", &manifest("cases")), ("src/lib.rs", &source(&cases))]);
    let theirs: Vec<_> = cases
        .iter()
        .enumerate()
        .map(|(place, (_, field, _))| object(place, field.clone()))
        .collect();
    program.pull(&theirs, true);

    let told = program.cargo("rustc").args(&["--profile", "check", "--", "--cfg", "told"]);
    let told = told.env(TABLES_OF, &tables_of("cases", "cases", false)).run();
    let tables = told.errors().into_iter().filter_map(|error| read_table(error).unwrap());
    let ours: BTreeMap<_, _> = tables.map(|table| (table.name.to_string(), table)).collect();
    assert_eq!(ours.len(), cases.len(), "{}", told.log());

    let checked = program.cargo("check").run();
    let refused = checked.lines();
    for (place, ((field, theirs_field, verdict), theirs)) in cases.iter().zip(&theirs).enumerate() {
        let found = differences(&ours[&*theirs.name], theirs);
        let breaks = found.iter().any(|difference| difference.effect.breaks());
        let is_refused = refused.contains(&(place as u64 + 1));
        let actual = match (is_refused, breaks) {
            (false, false) => Fits,
            (true, true) => Breaks,
            (true, false) => Stricter,
            (false, true) => Laxer,
        };
        assert_eq!(actual, *verdict, "{field} for {theirs_field:?}: {found:?}");
    }
}

#[test]
fn what_agrees_compiles_under_the_strictest_lints() {
    let program = Program::new(&[
        ("Cargo.toml", &manifest("agrees")),
        ("src/lib.rs", include_str!("agrees/lib.rs")),
        ("clarify.schema/index.json", include_str!("agrees/clarify.schema/index.json")),
        ("clarify.schema/c_line.json", include_str!("agrees/clarify.schema/c_line.json")),
        ("clarify.schema/c_order.json", include_str!("agrees/clarify.schema/c_order.json")),
        ("clarify.schema/company.json", include_str!("agrees/clarify.schema/company.json")),
        ("clarify.schema/person.json", include_str!("agrees/clarify.schema/person.json")),
    ]);
    let built = program.cargo("check").run();
    assert!(built.is_ok(), "{}", built.log());
}
