//! The compiler tells the tables of a crate, and of no other.

use clarify_schema::{Kind, Object, TABLES_OF, read_table, tables_of};

use crate::program::{DEPENDENCY, Program};

const WORKSPACE: &str = "[workspace]\nmembers = [\"crm\", \"shared\"]\nresolver = \"3\"\n";

fn package(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n{DEPENDENCY}\n{dependencies}\n"
    )
}

const SHARED: &str = r#"
use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "company")]
pub struct Company {
    pub name: Option<String>,
}
"#;

const LIBRARY: &str = r#"
#![deny(missing_docs, warnings)]
//! Orders.

mod orders {
    use clarify_core::{ClarifyObject, ClarifySelect, RecordId};

    type Number = String;

    #[derive(ClarifyObject)]
    pub(crate) struct SalesOrder {
        #[clarify(unique)]
        order_number: Number,
        status: Option<Status>,
        #[clarify(read_only, kind = "currency")]
        total: Option<f64>,
        company_id: Option<RecordId<acme_shared::Company>>,
        #[clarify(rename = "replaces")]
        earlier: Option<RecordId<Self>>,
    }

    #[derive(ClarifySelect)]
    pub(crate) enum Status {
        #[clarify(rename = "on \"hold\"")]
        OnHold,
        #[clarify(other)]
        Other(String),
    }
}

/// Orders one.
pub fn order() {
    #[derive(clarify_core::ClarifyObject)]
    #[allow(dead_code)]
    struct Inner {
        a: bool,
    }
}
"#;

const PROGRAM: &str = r#"
#[derive(clarify_core::ClarifyObject)]
#[allow(dead_code)]
struct Run {
    is_whole: bool,
}

fn main() {
    acme_crm::order();
}
"#;

fn program() -> Program {
    Program::new(&[
        ("Cargo.toml", WORKSPACE),
        ("shared/Cargo.toml", &package("acme-shared", "")),
        ("shared/src/lib.rs", SHARED),
        ("crm/Cargo.toml", &package("acme-crm", "acme-shared = { path = \"../shared\" }")),
        ("crm/src/lib.rs", LIBRARY),
        ("crm/src/main.rs", PROGRAM),
    ])
}

/// The tables of one crate, sorted by name.
fn tables(program: &Program, target: &[&str], is_program: bool) -> Vec<Object> {
    let built = program
        .cargo("rustc")
        .args(&["-p", "acme-crm", "--profile", "check"])
        .args(target)
        .args(&["--", "--cfg", "clarify_tables"])
        .env(TABLES_OF, &tables_of("acme-crm", "acme-crm", is_program))
        .run();
    assert!(!built.is_ok(), "nothing is left behind that passes for built");
    let read = built.errors().into_iter().filter_map(|error| read_table(error).unwrap());
    let mut tables: Vec<_> = read.collect();
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(!tables.is_empty(), "{}", built.log());
    tables
}

#[test]
fn the_compiler_tells_the_tables_of_one_crate_and_of_no_other() {
    let program = program();
    for _ in 0..2 {
        let library = tables(&program, &["--lib"], false);
        let names: Vec<_> = library.iter().map(|object| &*object.name).collect();
        assert_eq!(names, ["c_inner", "c_sales_order"], "private ones too");
        assert_whole(&library);
        let binary = tables(&program, &["--bin", "acme-crm"], true);
        let names: Vec<_> = binary.iter().map(|object| &*object.name).collect();
        assert_eq!(names, ["c_run"]);
        assert_eq!(binary[0].fields[0].kind, Kind::Checkbox);
    }
    let built = program.cargo("check").args(&["--workspace"]).run();
    assert!(built.is_ok(), "an ordinary build tells none: {}", built.log());
}

/// A table has all that the types say.
fn assert_whole(library: &[Object]) {
    let order = library.iter().find(|object| object.name == "c_sales_order").unwrap();
    let field = |name: &str| order.field(name).unwrap();
    assert_eq!(order.fields.len(), 5);
    let number = field("order_number");
    assert!(number.kind == Kind::Text && number.required && number.unique, "through the alias");
    let status = field("status");
    assert!(status.kind == Kind::Select && status.open && !status.required);
    assert_eq!(*status.options, ["on \"hold\""]);
    let total = field("total");
    assert!(total.kind == Kind::Currency && total.read_only);
    assert_eq!(field("company_id").target.as_deref(), Some("company"));
    assert_eq!(field("replaces").target.as_deref(), Some("c_sales_order"));
}
