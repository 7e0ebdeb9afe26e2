//! A struct is compiled anew when its object's file changes, and only then.

use clarify_schema::{Field, Kind, Object};

use crate::program::{Built, Program, manifest};

const LIBRARY: &str = r#"
#[derive(clarify_core::ClarifyObject)]
#[allow(dead_code)]
struct Order {
    title: Option<String>,
}
"#;

fn object(name: &'static str, field: &'static str) -> Object {
    Object::named(name, vec![Field::new(field, Kind::Text)])
}

fn program(name: &str) -> Program {
    Program::new(&[("Cargo.toml", &manifest(name)), ("src/lib.rs", LIBRARY)])
}

fn check(program: &Program) -> Built {
    program.cargo("check").run()
}

fn refused(built: &Built) -> String {
    assert!(!built.is_ok(), "{}", built.log());
    built.errors().concat()
}

#[test]
fn a_change_of_its_file_has_a_struct_compiled_anew_and_one_of_another_s_has_not() {
    let program = program("changes");
    program.pull(&[object("c_order", "title"), object("c_line", "sku")], true);
    let first = check(&program);
    assert!(first.is_ok() && !first.is_fresh("changes"), "{}", first.log());
    program.pull(&[object("c_order", "title"), object("c_line", "number")], true);
    assert!(check(&program).is_fresh("changes"), "another object's file");
    program.pull(&[object("c_order", "subject"), object("c_line", "number")], true);
    let changed = refused(&check(&program));
    assert!(changed.contains("the workspace's `c_order` has no field `title`"), "{changed}");
    program.pull(&[object("c_order", "title"), object("c_line", "number")], true);
    assert!(check(&program).is_ok(), "it was mended");
}

#[test]
fn a_file_that_is_new_is_noticed() {
    let program = program("files");
    program.pull(&[object("c_line", "sku")], false);
    assert!(check(&program).is_ok(), "nothing is known of it");
    assert!(check(&program).is_fresh("files"));
    program.pull(&[object("c_line", "sku"), object("c_order", "subject")], false);
    let known = refused(&check(&program));
    assert!(known.contains("has no field `title`"), "{known}");
}

#[test]
fn another_snapshot_by_the_environment_has_it_compiled_anew() {
    let program = program("places");
    assert!(check(&program).is_ok(), "there is none");
    let said = program.cargo("check").env("CLARIFY_SCHEMA", "elsewhere").run();
    let missing = refused(&said);
    assert!(missing.contains("`elsewhere/index.json`: it is missing"), "{missing}");
    assert!(check(&program).is_ok());
}
