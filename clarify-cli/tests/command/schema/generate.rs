//! The structs of a program, from its snapshot.

use std::fs;
use std::path::Path;
use std::process::Command;

use clarify_schema::{Field, Kind, Object, read_snapshot};

use super::structs::{self, DEPENDENCY};
use super::{order_with, register, select};
use crate::scene::{Scene, read};

const OUT: [&str; 4] = ["schema", "generate", "--out", "src/crm.rs"];

/// A snapshot of a workspace with an order.
fn pulled(fields: Vec<Field>) -> Scene {
    let scene = Scene::new();
    register(&scene, &order_with(fields));
    scene.run(&["schema", "pull"]).done();
    scene
}

#[test]
fn a_file_is_written_and_then_nothing_is_new() {
    let scene = pulled(vec![select("status", &["Draft", "On hold"])]);
    let out = scene.run(&OUT).done();
    assert_eq!(out, "wrote src/crm.rs\n");
    let written = read(&scene.file("src/crm.rs"));
    assert!(written.contains("pub struct SalesOrder {"), "{written}");
    assert!(written.contains("    #[clarify(rename = \"On hold\")]\n    OnHold,\n"), "{written}");
    let time = || fs::metadata(scene.file("src/crm.rs")).unwrap().modified().unwrap();
    let before = time();
    assert_eq!(scene.run(&OUT).done(), "src/crm.rs is up to date\n");
    assert_eq!((read(&scene.file("src/crm.rs")), time()), (written.clone(), before));
    assert_eq!(scene.run(&["schema", "generate"]).done(), written);
    scene.run(&[&OUT[..], &["--check"]].concat()).done();
}

#[test]
fn what_is_new_is_shown_and_then_written_beside_what_people_wrote() {
    let scene = pulled(vec![select("status", &["Draft"])]);
    scene.run(&OUT).done();
    let path = scene.file("src/crm.rs");
    let ours = read(&path).replace("SalesOrder", "Order").replace("pub total:", "pub sum:");
    let ours = ours.replace("    pub sum:", "    #[clarify(rename = \"total\")]\n    pub sum:");
    let told = "#[clarify(object = \"c_sales_order\")]\npub struct Order {";
    let ours = ours.replace("pub struct Order {", told);
    let ours =
        ours + "\nimpl Order {\n    // Ours.\n    pub fn is_big(&self) -> bool { true }\n}\n";
    fs::write(&path, &ours).unwrap();
    assert_eq!(scene.run(&OUT).done(), "src/crm.rs is up to date\n");

    let more = vec![select("status", &["Draft", "Sent"]), Field::new("due", Kind::Date)];
    register(&scene, &order_with(more));
    scene.run(&["schema", "pull"]).done();
    let check = [&OUT[..], &["--check"]].concat();
    let end = scene.run(&check);
    assert!(end.out.contains("\n+    pub due: Option<Date>,\n"), "{end:?}");
    assert!(end.failed(5).contains("`src/crm.rs` is not what the snapshot says"));
    assert_eq!(read(&path), ours, "a check writes nothing");

    let out = scene.run(&OUT).done();
    let expected = "added    Order.due\nadded    OrderStatus::Sent\nwrote src/crm.rs\n";
    assert_eq!(out, expected);
    let text = read(&path);
    for line in ours.lines() {
        assert!(text.contains(line), "{line}");
    }
    scene.run(&check).done();
}

#[test]
fn mistakes_are_named() {
    let scene = pulled(vec![]);
    let error = scene.run(&["schema", "generate", "c_sale_order"]).failed(1);
    assert!(error.contains("has no object `c_sale_order`"), "{error}");
    structs::write(&scene, "src/crm.rs", "struct;\n");
    let error = scene.run(&OUT).failed(1);
    assert!(error.contains("`src/crm.rs`: line 1, column 7: expected identifier"), "{error}");
    assert_eq!(read(&scene.file("src/crm.rs")), "struct;\n");
    assert_eq!(scene.run(&["schema", "generate", "--check"]).code, Some(2));
    fs::remove_dir_all(scene.file("clarify.schema")).unwrap();
    let error = scene.run(&OUT).failed(1);
    assert!(error.contains("`clarify schema pull` makes one"), "{error}");
}

/// Generated, compiled, pushed to a workspace that has none of it, pulled, and generated again.
#[test]
fn a_round_trip_ends_where_it_began() {
    let scene = Scene::new();
    let theirs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/generate/clarify.schema");
    let objects = ["c_everything", "c_option", "c_order_status"];
    fs::create_dir(scene.file("clarify.schema")).unwrap();
    for entry in fs::read_dir(&theirs).unwrap() {
        let path = entry.unwrap().path();
        let to = scene.file("clarify.schema").join(path.file_name().unwrap());
        fs::copy(&path, to).unwrap();
    }
    structs::write(
        &scene,
        "Cargo.toml",
        &format!(
            "[package]\nname = \"round\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[dependencies]\n{DEPENDENCY}\n"
        ),
    );
    let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");
    fs::copy(lock, scene.file("Cargo.lock")).unwrap();
    let generate = [&["schema", "generate", "--out", "src/lib.rs"], &objects[..]].concat();
    scene.run(&generate).done();

    structs::run(&scene, &["schema", "push", "--crate", "--yes"]).done();
    let snapshot = read(&scene.file("clarify.schema/c_everything.json"));
    scene.run(&["schema", "pull"]).done();
    let pulled = read(&scene.file("clarify.schema/c_everything.json"));
    assert_eq!(as_a_struct_has_it(&pulled), as_a_struct_has_it(&snapshot));
    assert_eq!(scene.run(&generate).done(), "src/lib.rs is up to date\n");
    let check = structs::run(&scene, &["schema", "check", "--crate"]).done();
    assert_eq!(check, "no differences\n");
}

/// One object first and all of them later, in a program that denies every warning.
#[test]
fn what_is_generated_in_steps_is_as_what_is_generated_at_once() {
    let scene = Scene::new();
    register(
        &scene,
        &order_with(vec![select("status", &["Draft"]), Field::new("due", Kind::Date)]),
    );
    let line = vec![
        Field::new("order_id", Kind::ToOne).target("c_sales_order"),
        Field::new("product_id", Kind::ToOne).target("c_product"),
    ];
    register(&scene, &Object::named("c_product", vec![Field::new("name", Kind::Text)]));
    register(&scene, &Object::named("c_line", line));
    scene.run(&["schema", "pull", "c_line"]).done();
    scene.run(&OUT).done();
    scene.run(&["schema", "pull"]).done();
    let out = scene.run(&OUT).done();
    assert!(
        out.contains("replaced SalesOrder (an enum stood for it, and is a struct now)"),
        "{out}"
    );
    is_formatted(&scene);
    structs::write(
        &scene,
        "Cargo.toml",
        &format!(
            "[package]\nname = \"steps\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[dependencies]\n{DEPENDENCY}\n"
        ),
    );
    let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");
    fs::copy(lock, scene.file("Cargo.lock")).unwrap();
    let library = "//! Steps.\n#![deny(warnings, missing_docs)]\npub mod crm;\n";
    structs::write(&scene, "src/lib.rs", library);
    let check = structs::run(&scene, &["schema", "check", "--crate"]).done();
    assert!(check.starts_with("0 break") || check == "no differences\n", "{check}");
}

/// The fields of an object, without what no struct says of them.
fn as_a_struct_has_it(text: &str) -> Vec<Field> {
    let object: Object = read_snapshot(text).unwrap();
    let fields = object.fields.iter().filter(|field| field.kind != Kind::ToMany).cloned();
    let plain = |mut field: Field| {
        (field.title, field.description, field.inverse) = (None, None, None);
        field
    };
    fields.map(plain).collect()
}

/// What is written is laid out as rustfmt would, where there is one.
#[test]
fn rustfmt_has_nothing_to_do() {
    let scene = pulled(vec![select("status", &["Draft"])]);
    scene.run(&OUT).done();
    is_formatted(&scene);
}

#[track_caller]
fn is_formatted(scene: &Scene) {
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--edition", "2024", "--check", "src/crm.rs"]).current_dir(scene.folder.path());
    match rustfmt.output() {
        Ok(output) => assert!(output.status.success(), "{output:?}"),
        Err(error) => eprintln!("skipped: there is no rustfmt here: {error}"),
    }
}
