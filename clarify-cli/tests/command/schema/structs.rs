//! The structs of a crate.

use std::fs;
use std::path::Path;
use std::process::Command;

use clarify_schema::{Field, Kind, Object};
use clarify_server::{Contract, Server};

use super::{register, select};
use crate::scene::{CONTRACTS, End, KEY, Scene, end, json, read};

/// What a package needs of ours.
pub(super) const DEPENDENCY: &str = concat!(
    "clarify-core = { path = \"",
    env!("CARGO_MANIFEST_DIR"),
    "/../clarify-core\", default-features = false, features = [\"derive\"] }"
);

const LIBRARY: &str = r#"//! Orders.
use clarify_core::{ClarifyObject, ClarifySelect, RecordId};

/// An order.
#[derive(ClarifyObject)]
pub struct SalesOrder {
    /// Its number.
    #[clarify(unique)]
    pub order_number: String,
    pub total: Option<f64>,
    #[clarify(rename = "state")]
    pub status: Option<State>,
    pub company_id: Option<RecordId<Company>>,
}

#[derive(ClarifySelect)]
pub enum State {
    Open,
    Won,
}

#[derive(ClarifyObject)]
#[clarify(object = "company")]
pub struct Company {
    pub name: Option<String>,
    #[cfg(feature = "codes")]
    pub code: Option<String>,
}
"#;

const PROGRAM: &str = r#"
use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Ticket {
    title: Option<String>,
}

fn main() {}
"#;

pub(super) fn write(scene: &Scene, path: &str, text: &str) {
    let path = scene.file(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A cargo workspace with a package `crm` of a library and a program, and another one.
fn program() -> Scene {
    let scene = Scene::new();
    write(&scene, "Cargo.toml", "[workspace]\nmembers = [\"crm\", \"other\"]\nresolver = \"3\"\n");
    let package = |name: &str, rest: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n{rest}")
    };
    let crm = format!(
        "[features]\ncodes = []\nnever = []\n[dependencies]\n{DEPENDENCY}\n\
         [[bin]]\nname = \"sync\"\n[[bin]]\nname = \"later\"\nrequired-features = [\"never\"]\n"
    );
    write(&scene, "crm/src/bin/later.rs", "compile_error!(\"not without its feature\");");
    write(&scene, "crm/Cargo.toml", &package("crm", &crm));
    write(&scene, "crm/src/lib.rs", LIBRARY);
    write(&scene, "crm/src/bin/sync.rs", PROGRAM);
    write(&scene, "other/Cargo.toml", &package("other", ""));
    write(&scene, "other/src/lib.rs", "");
    // The versions that are here already.
    let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");
    fs::copy(lock, scene.file("Cargo.lock")).unwrap();
    scene
}

/// The command; what it builds of our crates is kept for all of these tests.
fn command(scene: &Scene, arguments: &[&str]) -> Command {
    let mut command = scene.command(arguments);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("structs");
    command.env("CARGO_TARGET_DIR", target).env("CARGO_NET_OFFLINE", "true");
    command
}

#[track_caller]
pub(super) fn run(scene: &Scene, arguments: &[&str]) -> End {
    end(&mut command(scene, arguments))
}

#[test]
fn structs_are_pushed_and_then_they_fit() {
    let scene = program();
    let push = ["schema", "push", "-p", "crm", "--features", "codes", "--yes"];
    let end = run(&scene, &push);
    let expected = "\
+ c_ticket: a new object, `Ticket` and `Tickets`
+ c_ticket.title: text
+ c_sales_order.state: select of `Open`, `Won`
+ c_sales_order.company_id: link to `company`
+ company.code: text
";
    assert!(end.out.starts_with(expected), "{end:?}");
    end.done();
    let again = run(&scene, &push).done();
    assert!(again.ends_with("nothing to do\n"), "{again}");
    let check = ["schema", "check", "-p", "crm", "--features", "codes"];
    // What cargo has built without being asked for tables is no reason not to tell them.
    for _ in 0..2 {
        let out = run(&scene, &check).done();
        assert!(out.starts_with("0 break reading, 0 break writing, 0 can't be told, "), "{out}");
        let mut build = Command::new(env!("CARGO"));
        build.args(["check", "--quiet", "--offline", "-p", "crm"]).current_dir(scene.folder.path());
        build.env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("structs"));
        assert!(build.status().unwrap().success());
    }
}

/// What a struct can't say: labels, titles, descriptions, other sides, links to many, options that
/// are hidden.
fn with_all_that_structs_leave_unsaid() -> Object {
    let titled = |mut field: Field, title: &'static str| {
        field.title = Some(title.into());
        field
    };
    let link = |name, kind, target, inverse| Field::new(name, kind).target(target).inverse(inverse);
    let of_order = |name, kind, inverse| link(name, kind, "c_sales_order", inverse);
    let mut when = titled(Field::new("when", Kind::DateTime), "When");
    when.description = Some("the moment".into());
    let fields = vec![
        titled(Field::new("order_number", Kind::Text).required().unique(), "Order No."),
        titled(select("status", &["Draft", "In Review"]).hidden(), "Status"),
        titled(Field::new("paid", Kind::Checkbox), "Paid?"),
        when,
        titled(Field::new("total", Kind::Currency), "Total"),
        titled(Field::new("notes", Kind::LongText), "Notes"),
        titled(link("company_id", Kind::ToOne, "company", "sales_orders"), "Company"),
        titled(link("people", Kind::ToMany, "person", "sales_orders").many_to_many(), "People"),
        titled(of_order("parent_id", Kind::ToOne, "children"), "Parent"),
        titled(of_order("children", Kind::ToMany, "parent_id"), "Children"),
    ];
    let mut order = Object::named("c_sales_order", fields).labels("Sales Order", "All Orders");
    order.description = Some("What was sold.".into());
    order
}

/// A package whose structs are those of a workspace's schema, which stands beside it.
fn generated(contract: Contract) -> Scene {
    let scene = empty(contract);
    let order = with_all_that_structs_leave_unsaid();
    fs::write(scene.file("order.json"), clarify_schema::write_snapshot(&order)).unwrap();
    scene.run(&["schema", "push", "--from", "order.json", "--yes"]).done();
    let manifest = "[package]\nname = \"crm\"\nversion = \"0.0.0\"\nedition = \"2024\"\n";
    let manifest = format!("{manifest}[workspace]\n[dependencies]\n{DEPENDENCY}\n");
    write(&scene, "crm/Cargo.toml", &manifest);
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock"), scene.file("crm/Cargo.lock"))
        .unwrap();
    scene.run(&["schema", "pull", "--dir", "crm/clarify.schema"]).done();
    fs::create_dir(scene.file("crm/src")).unwrap();
    let snapshot = ["--dir", "crm/clarify.schema", "--out", "crm/src/lib.rs"];
    scene.run(&[&["schema", "generate"], &snapshot[..]].concat()).done();
    scene
}

fn empty(contract: Contract) -> Scene {
    let server = Server::builder().workspace("acme").api_key(KEY).contract(contract);
    Scene { server: server.start().unwrap(), folder: tempfile::tempdir().unwrap() }
}

const PUSH: [&str; 5] = ["schema", "push", "--manifest-path", "crm/Cargo.toml", "--yes"];

#[test]
fn what_structs_leave_unsaid_is_pushed_from_the_snapshot_beside_them() {
    for contract in CONTRACTS {
        let scene = generated(contract);
        let other = empty(contract);
        let push = || end(command(&scene, &PUSH).env("CLARIFY_BASE_URL", other.base_url()));
        let out = push().done();
        assert!(out.ends_with("the workspace has it all\n"), "{out}");
        let mut pull = scene.command(&["schema", "pull", "--dir", "theirs"]);
        end(pull.env("CLARIFY_BASE_URL", other.base_url())).done();
        for file in ["c_sales_order", "company", "person", "deal", "index"] {
            let text = |folder: &str| read(&scene.file(&format!("{folder}/{file}.json")));
            assert_eq!(text("theirs"), text("crm/clarify.schema"), "{file}");
        }
        let diff = scene.run(&["schema", "diff", "crm/clarify.schema", "theirs"]).done();
        assert_eq!(diff, "no differences\n");
        assert_eq!(push().done(), "nothing to do\n");
    }
}

#[test]
fn what_a_struct_has_beyond_the_snapshot_is_pushed_as_well() {
    let scene = generated(Contract::Documented);
    let source = read(&scene.file("crm/src/lib.rs"));
    let more = source.replacen(
        "pub struct SalesOrder {",
        "pub struct SalesOrder {\n    pub more: Option<bool>,",
        1,
    );
    assert_ne!(more, source);
    write(&scene, "crm/src/lib.rs", &more);
    let out = run(&scene, &PUSH).done();
    assert!(out.starts_with("+ c_sales_order.more: checkbox\n1 step\n"), "{out}");

    write(&scene, "crm/clarify.schema/c_sales_order.json", "{");
    let error = run(&scene, &PUSH).failed(1);
    let file = "`crm/clarify.schema/c_sales_order.json`: ";
    assert!(error.contains(file), "{error}");
    let hint = "`clarify schema pull --dir crm/clarify.schema c_sales_order` makes it anew";
    assert!(error.contains(hint), "{error}");
    // Where it is said to be elsewhere, it has to be there.
    let error = end(command(&scene, &PUSH).env("CLARIFY_SCHEMA", "elsewhere")).failed(1);
    assert!(error.contains("`crm/elsewhere`: there is no snapshot"), "{error}");
    let other = [&PUSH[..], &["--dir", "order"]].concat();
    assert!(run(&scene, &other).failed(1).contains("`order`: there is no snapshot"));
}

#[test]
fn what_the_compiler_advises_mends_what_it_refuses() {
    let scene = program();
    run(&scene, &["schema", "push", "-p", "crm", "--yes"]).done();
    let build = || {
        let mut build = Command::new(env!("CARGO"));
        build.args(["check", "--quiet", "--offline", "-p", "crm"]).current_dir(scene.folder.path());
        build.env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("structs"));
        end(build.env("CLARIFY_SCHEMA", "sch"))
    };
    let refused = build();
    assert_eq!(refused.code, Some(101), "{refused:?}");
    assert!(refused.error.contains("help: `clarify schema pull --dir sch` makes it anew"));
    let mut pull = scene.command(&["schema", "pull"]);
    end(pull.env("CLARIFY_SCHEMA", "sch").current_dir(scene.file("crm/src"))).done();
    build().done();
    fs::write(scene.file("sch/company.json"), "{").unwrap();
    assert_eq!(build().code, Some(101));
    scene.run(&["schema", "pull", "--dir", "sch"]).done();
    build().done();
}

#[test]
fn what_breaks_is_shown_where_it_is_said() {
    let scene = program();
    register(&scene, &super::order_with(vec![select("state", &["Open", "Lost"])]));
    let mut check = command(&scene, &["schema", "check", "--crate", "--output", "json"]);
    let end = end(check.current_dir(scene.file("crm")));
    let document = json(&end.out);
    let line = |text: &str| LIBRARY.lines().position(|line| line.contains(text)).unwrap() + 1;
    let of = |object: &str, field: &str, change: &str| {
        let found = document["differences"].as_array().unwrap().iter();
        let mut found = found.filter(|d| d["object"] == object && d["field"] == field);
        let found = found.find(|d| d["change"] == change).unwrap_or_else(|| panic!("{end:?}"));
        (found["file"].as_str().unwrap().to_owned(), found["line"].as_u64().unwrap() as usize)
    };
    let lib = "src/lib.rs".to_owned();
    let state = line("rename = \"state\"");
    assert_eq!(of("c_sales_order", "state", "no_option"), (lib.clone(), state));
    assert_eq!(of("c_sales_order", "state", "new_option"), (lib.clone(), state));
    assert_eq!(of("c_sales_order", "company_id", "no_field"), (lib, line("company_id")));
    let ticket = document["differences"].as_array().unwrap().iter();
    let ticket = ticket.clone().find(|d| d["object"] == "c_ticket").unwrap();
    assert_eq!(
        (&ticket["change"], &ticket["file"]),
        (&"no_object".into(), &"src/bin/sync.rs".into())
    );
    end.failed(5);

    let manifest = scene.file("crm/Cargo.toml");
    let check =
        ["schema", "check", "--manifest-path", manifest.to_str().unwrap(), "--output", "github"];
    let mut check = command(&scene, &check);
    let end = crate::scene::end(check.env("GITHUB_WORKSPACE", scene.folder.path()));
    let at = format!("::error file=crm/src/lib.rs,line={state},title=Clarify%3A breaks reading::");
    assert!(end.out.contains(&at), "{end:?}");
    end.failed(5);
}

#[test]
fn what_does_not_compile_is_said_to_be_so() {
    let scene = program();
    write(&scene, "crm/src/lib.rs", "pub fn broken() -> u8 { \"no number\" }");
    let end = run(&scene, &["schema", "check", "-p", "crm"]);
    assert!(end.error.contains("crm/src/lib.rs:1:25"), "{end:?}");
    assert!(
        end.error.contains("error: `crm` of `crm` does not compile: mismatched types"),
        "{end:?}"
    );
    assert_eq!(end.code, Some(1));
}

#[test]
fn a_package_that_is_not_there_or_has_no_objects_is_said_to_be_so() {
    let scene = program();
    let error = run(&scene, &["schema", "check", "-p", "crn"]).failed(1);
    assert!(error.contains("no package `crn`") && error.contains("did you mean `crm`?"), "{error}");
    let error = run(&scene, &["schema", "check", "-p", "other"]).failed(1);
    assert!(error.contains("no struct of `other` is an object"), "{error}");
    let error = run(&scene, &["schema", "check", "--crate"]).failed(1);
    assert!(error.contains("name one with `-p`: crm, other"), "{error}");
    let error = run(&scene, &["schema", "check", "-p", "crm", "--features", "none"]).failed(1);
    assert!(error.contains("does not contain this feature: none"), "{error}");
}
