//! The files that are pulled.

use std::fs;
use std::time::SystemTime;

use clarify_schema::{Field, Kind, Object, SnapshotIndex, read_snapshot};

use super::{order_with, register, select};
use crate::scene::{CONTRACTS, Scene, read};

fn files(scene: &Scene) -> Vec<String> {
    let entries = fs::read_dir(scene.file("clarify.schema")).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn index(scene: &Scene) -> SnapshotIndex {
    SnapshotIndex::read(&read(&scene.file("clarify.schema/index.json"))).unwrap()
}

#[test]
fn there_is_a_file_for_each_object_and_an_index() {
    for contract in CONTRACTS {
        let scene = Scene::of(contract);
        let out = scene.run(&["schema", "pull"]).done();
        assert!(out.contains("c_sales_order.json: new, 5 fields\n"), "{out}");
        assert!(out.ends_with("clarify.schema: 6 objects, 6 files changed\n"), "{out}");
        let objects = ["c_sales_order", "company", "deal", "meeting", "person", "task"];
        let mut expected: Vec<_> = objects.iter().map(|name| format!("{name}.json")).collect();
        expected.push("index.json".to_owned());
        expected.sort();
        assert_eq!(files(&scene), expected);
        let index = index(&scene);
        assert_eq!((&*index.objects, index.is_whole), (&objects.map(str::to_owned)[..], true));
        let order = read_snapshot(&read(&scene.file("clarify.schema/c_sales_order.json"))).unwrap();
        assert_eq!(order.unique_field().unwrap().name, "order_number");
        assert!(order.field("order_number").unwrap().required);
    }
}

#[test]
fn a_second_pull_touches_what_changed_alone_and_says_what() {
    let scene = Scene::new();
    register(&scene, &order_with(vec![select("state", &["Open"])]));
    scene.run(&["schema", "pull"]).done();
    let long_ago = SystemTime::UNIX_EPOCH;
    for file in files(&scene) {
        let file = fs::File::open(scene.file("clarify.schema").join(file)).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    let touched = || {
        let is_touched = |name: &String| {
            let file = fs::metadata(scene.file("clarify.schema").join(name)).unwrap();
            file.modified().unwrap() != long_ago
        };
        files(&scene).into_iter().filter(is_touched).collect::<Vec<_>>()
    };
    let out = scene.run(&["schema", "pull"]).done();
    assert_eq!(out, "clarify.schema: 6 objects, nothing changed\n");
    assert!(touched().is_empty());

    let note = Field::new("note", Kind::Text);
    register(&scene, &order_with(vec![select("state", &["Open", "Closed"]), note]));
    let out = scene.run(&["schema", "pull"]).done();
    let expected = "c_sales_order.json: 1 field more (note), 1 field changed (state)\n\
                    clarify.schema: 6 objects, 1 file changed\n";
    assert_eq!(out, expected);
    assert_eq!(touched(), ["c_sales_order.json"]);
}

#[test]
fn objects_that_are_gone_lose_their_files_and_others_files_stay() {
    let scene = Scene::new();
    register(&scene, &Object::named("c_old", vec![]));
    scene.run(&["schema", "pull"]).done();
    let other = Scene::new();
    fs::write(scene.file("clarify.schema/notes.json"), "{}").unwrap();
    let mut pull = scene.command(&["schema", "pull", "--base-url", &other.base_url()]);
    let out = crate::scene::end(&mut pull).done();
    assert!(out.contains("c_old.json: removed\n"), "{out}");
    assert!(!files(&scene).contains(&"c_old.json".to_owned()));
    assert!(files(&scene).contains(&"notes.json".to_owned()), "it is somebody else's");
}

#[test]
fn named_objects_come_beside_what_is_there() {
    let scene = Scene::new();
    let out = scene.run(&["schema", "pull", "company"]).done();
    assert!(out.ends_with("clarify.schema: 1 object, 1 file changed\n"), "{out}");
    assert!(!index(&scene).is_whole);
    scene.run(&["schema", "pull", "deal", "company"]).done();
    assert_eq!(
        (index(&scene).objects, index(&scene).is_whole),
        (vec!["company".into(), "deal".into()], false)
    );

    scene.run(&["schema", "pull"]).done();
    scene.run(&["schema", "pull", "deal"]).done();
    assert!(index(&scene).is_whole, "it was, and still is");
    register(&scene, &Object::named("c_new", vec![]));
    scene.run(&["schema", "pull", "deal"]).done();
    assert!(!index(&scene).is_whole, "`c_new` is missing");
    scene.run(&["schema", "pull", "c_new"]).done();
    assert!(!index(&scene).is_whole, "only a pull of all makes it whole again");
}

#[test]
fn an_object_that_is_not_there_is_an_error_and_nothing_is_written() {
    let scene = Scene::new();
    let error = scene.run(&["schema", "pull", "company", "c_salesorder"]).failed(1);
    assert!(error.contains("no object `c_salesorder`"), "{error}");
    assert!(error.contains("did you mean `c_sales_order`?"), "{error}");
    assert!(!scene.file("clarify.schema").exists());
}

#[test]
fn the_folder_is_at_the_root_of_the_package_or_where_it_is_said() {
    let scene = Scene::new();
    fs::create_dir_all(scene.file("src/deep")).unwrap();
    fs::write(scene.file("Cargo.toml"), "[package]\nname = \"a\"\n").unwrap();
    let mut pull = scene.command(&["schema", "pull", "company"]);
    crate::scene::end(pull.current_dir(scene.file("src/deep"))).done();
    assert!(scene.file("clarify.schema/company.json").exists());
    scene.run(&["schema", "pull", "company", "--dir", "elsewhere"]).done();
    assert!(scene.file("elsewhere/company.json").exists());
}

#[test]
fn the_environment_s_folder_is_the_same_from_everywhere_in_a_cargo_workspace() {
    let scene = Scene::new();
    let pull = |from: &str| {
        let mut pull = scene.command(&["schema", "pull", "company"]);
        pull.env("CLARIFY_SCHEMA", "third").current_dir(scene.file(from));
        crate::scene::end(&mut pull).done()
    };
    fs::create_dir_all(scene.file("crm/src")).unwrap();
    pull("crm");
    assert!(scene.file("crm/third/company.json").exists(), "there is no package");
    fs::write(scene.file("crm/Cargo.toml"), "[package]\nname = \"crm\"\n").unwrap();
    pull("crm/src");
    assert!(!scene.file("crm/src/third").exists());
    fs::write(scene.file("Cargo.toml"), "[workspace]\nmembers = [\"crm\"]\n").unwrap();
    for from in [".", "crm", "crm/src"] {
        pull(from);
        assert!(scene.file("third/company.json").exists(), "{from}");
        fs::remove_dir_all(scene.file("third")).unwrap();
    }
}

#[test]
fn an_index_that_can_not_be_read_is_made_anew_with_all_objects() {
    let scene = Scene::new();
    let broken: [&[u8]; 5] = [
        b"<<<<<<< HEAD\n{}\n=======\n",
        b"",
        br#"{"format": 2, "objects": []}"#,
        br#"{"format": 1, "objects": ["../../secret"]}"#,
        b"\xff\xfe",
    ];
    for text in broken {
        scene.run(&["schema", "pull", "--dir", "s"]).done();
        fs::write(scene.file("s/index.json"), text).unwrap();
        fs::write(scene.file("s/deal.json"), b"\xff").unwrap();
        fs::write(scene.file("s/c_gone.json"), "{}").unwrap();
        let error = scene.run(&["schema", "pull", "deal", "--dir", "s"]).failed(1);
        assert!(error.contains("s/index.json`: "), "{error}");
        let out = scene.run(&["schema", "pull", "--dir", "s"]).done();
        let expected = "deal.json: made anew: it could not be read\n\
                        index.json: made anew: it could not be read\n\
                        c_gone.json: of no object, and stays\n\
                        s: 6 objects, 2 files changed\n";
        assert_eq!(out, expected);
        let out = scene.run(&["schema", "pull", "--dir", "s"]).done();
        assert_eq!(out, "s: 6 objects, nothing changed\n");
    }
}

#[test]
fn what_mends_a_snapshot_is_said_with_its_folder() {
    let scene = Scene::new();
    scene.run(&["schema", "pull", "--dir", "s"]).done();
    fs::write(scene.file("s/deal.json"), "{").unwrap();
    let error = scene.run(&["schema", "check", "--dir", "s"]).failed(1);
    assert!(error.contains("hint: `clarify schema pull --dir s deal` makes it anew"), "{error}");
    fs::write(scene.file("s/index.json"), "{").unwrap();
    for arguments in [&["check", "--dir", "s"][..], &["diff", "s", "s"]] {
        let error = scene.run(&[&["schema"], arguments].concat()).failed(1);
        assert!(error.contains("hint: `clarify schema pull --dir s` makes it anew"), "{error}");
    }
    let error = scene.run(&["schema", "push", "--from", "s"]).failed(1);
    assert!(!error.contains("pull") && error.contains("mend it"), "{error}");
}

#[test]
fn that_an_index_is_whole_no_more_is_told() {
    let scene = Scene::new();
    scene.run(&["schema", "pull"]).done();
    register(&scene, &Object::named("c_new", vec![]));
    let out = scene.run(&["schema", "pull", "deal"]).done();
    assert!(out.starts_with("index.json: the workspace has objects that are not in it"), "{out}");
    assert!(out.ends_with("6 objects, 1 file changed\n"), "{out}");
    let out = scene.run(&["schema", "pull", "deal"]).done();
    assert!(out.ends_with("6 objects, nothing changed\n"), "{out}");
    let out = scene.run(&["schema", "pull"]).done();
    assert!(out.contains("index.json: it names all objects of the workspace now\n"), "{out}");
}

#[test]
fn what_is_no_folder_is_said_to_be_so() {
    let scene = Scene::new();
    fs::write(scene.file("file"), "").unwrap();
    for command in ["pull", "check"] {
        let error = scene.run(&["schema", command, "--dir", "file"]).failed(1);
        assert!(error.contains("`file`: it is no folder\nhint: "), "{error}");
    }
    #[cfg(unix)]
    for command in ["pull", "check"] {
        let _ = std::os::unix::fs::symlink("nowhere", scene.file("link"));
        let error = scene.run(&["schema", command, "--dir", "link"]).failed(1);
        assert!(error.contains("`link`: it is a link to what is not there\nhint: "), "{error}");
    }
}
