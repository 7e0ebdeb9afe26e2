//! What is said of a snapshot and a workspace.

use std::fs;

use clarify_schema::{Field, Kind};

use super::{order_with, register, select};
use crate::scene::{CONTRACTS, Scene, json};

/// A scene whose workspace has moved on since it was pulled.
fn drifted(scene: Scene) -> Scene {
    register(&scene, &order_with(vec![select("state", &["Open"])]));
    scene.run(&["schema", "pull"]).done();
    let state = select("state", &["Open", "Closed"]);
    register(&scene, &order_with(vec![state, Field::new("note", Kind::Text)]));
    scene
}

#[test]
fn what_was_just_pulled_is_no_difference() {
    for contract in CONTRACTS {
        let scene = Scene::of(contract);
        scene.run(&["schema", "pull"]).done();
        assert_eq!(scene.run(&["schema", "check"]).done(), "no differences\n");
        assert_eq!(scene.run(&["schema", "check", "--fail-on", "any"]).done(), "no differences\n");
    }
}

#[test]
fn what_breaks_ends_with_five_and_what_does_not_with_nought() {
    for contract in CONTRACTS {
        let scene = drifted(Scene::of(contract));
        let end = scene.run(&["schema", "check"]);
        let expected = "\
c_sales_order
  breaks reading  state: there is also the option `Closed` (clarify.schema/c_sales_order.json:";
        assert!(end.out.starts_with(expected), "{end:?}");
        let last =
            "1 breaks reading, 0 break writing, 0 can't be told, 1 harmless (`--all` shows them)\n";
        assert!(end.out.ends_with(last), "{end:?}");
        let error = end.failed(5);
        assert!(error.contains("there is 1 difference"), "{error}");
        assert!(error.contains("hint: `clarify schema pull`, then build"), "{error}");
        let all = scene.run(&["schema", "check", "--all", "--fail-on", "any"]);
        assert!(
            all.out.contains("  harmless        note: a field that is not known here"),
            "{all:?}"
        );
        all.failed(5);
        scene.run(&["schema", "pull"]).done();
        scene.run(&["schema", "check"]).done();
    }
}

#[test]
fn what_is_harmless_fails_if_that_is_asked_for() {
    let scene = Scene::new();
    scene.run(&["schema", "pull"]).done();
    register(&scene, &order_with(vec![Field::new("note", Kind::Text)]));
    for (fail_on, code) in [("reading", 0), ("writing", 0), ("unclear", 0), ("any", 5)] {
        let end = scene.run(&["schema", "check", "--fail-on", fail_on]);
        assert_eq!(end.code, Some(code), "{fail_on}: {end:?}");
    }
}

#[test]
fn objects_that_a_snapshot_never_had_are_no_news() {
    let scene = Scene::new();
    scene.run(&["schema", "pull", "company"]).done();
    assert_eq!(scene.run(&["schema", "check"]).done(), "no differences\n");
}

#[test]
fn programs_and_github_are_told_too() {
    let scene = drifted(Scene::new());
    let end = scene.run(&["schema", "check", "--output", "json"]);
    let document = json(&end.out);
    assert_eq!(document["counts"]["breaks_reading"], 1);
    let first = &document["differences"][0];
    assert_eq!(first["file"], "clarify.schema/c_sales_order.json");
    let line = first["line"].as_u64().unwrap();
    end.failed(5);
    let mut check = scene.command(&["schema", "check", "--output", "github"]);
    let end = crate::scene::end(check.env("GITHUB_WORKSPACE", scene.folder.path()));
    let expected = format!(
        "::error file=clarify.schema/c_sales_order.json,line={line},title=Clarify%3A breaks reading::\
         c_sales_order.state: there is also the option `Closed`\n"
    );
    assert_eq!(end.out, expected);
    end.failed(5);
}

#[test]
fn another_snapshot_may_stand_for_the_workspace() {
    let scene = drifted(Scene::new());
    scene.run(&["schema", "pull", "--dir", "later"]).done();
    let offline = |arguments: &[&str]| {
        crate::scene::end(&mut scene.bare(&[&["schema", "check"], arguments].concat()))
    };
    assert!(offline(&["--against", "later"]).failed(5).contains("1 difference"));
    assert_eq!(offline(&["--against", "clarify.schema"]).done(), "no differences\n");
}

#[test]
fn what_can_not_be_read_ends_with_one() {
    let scene = Scene::new();
    let error = scene.run(&["schema", "check"]).failed(1);
    assert!(error.contains("no snapshot") && error.contains("`clarify schema pull`"), "{error}");
    scene.run(&["schema", "pull"]).done();
    fs::remove_file(scene.file("clarify.schema/deal.json")).unwrap();
    let error = scene.run(&["schema", "check"]).failed(1);
    assert!(error.contains("deal.json`: the index names it"), "{error}");
    assert!(error.contains("`clarify schema pull deal`"), "{error}");
    scene.run(&["schema", "pull"]).done();
    let mut check = scene.command(&["schema", "check", "--base-url", "http://127.0.0.1:1"]);
    crate::scene::end(check.env("CLARIFY_SCHEMA", "clarify.schema")).failed(1);
}
