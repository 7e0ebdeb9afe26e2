//! Journals that are cut, emptied, or none at all.

use std::fs;

use super::resume::{codes, signal, spawn, until};
use super::{counts, error, import, scene, slow, total};
use crate::scene::{Scene, read};

const ROWS: usize = 600;
const JOURNAL: &str = "c.csv.clarify-journal";
const ARGUMENTS: [&str; 4] = ["company", "c.csv", "--concurrency", "2"];

/// A journal of an import that was killed on its way.
fn killed(scene: &Scene) -> String {
    let rows: String = (0..ROWS).map(|n| format!("{n},place {n}\n")).collect();
    fs::write(scene.file("c.csv"), format!("customer_code,city\n{rows}")).unwrap();
    let mut child = spawn(scene, &ARGUMENTS);
    until(scene, "company", 100);
    signal(&child, "-KILL");
    child.wait().unwrap();
    read(&scene.file(JOURNAL))
}

#[test]
fn a_journal_that_is_emptied_or_cut_is_refused_and_nothing_is_written_twice() {
    let scene = Scene::with(slow);
    let text = killed(&scene);
    let first = text.lines().next().unwrap();
    let (cut, _) = first.split_at(40);
    for left in ["", "{", "{\"clarify_jour", cut, first] {
        fs::write(scene.file(JOURNAL), left).unwrap();
        for arguments in [&ARGUMENTS[..], &["--resume", JOURNAL]] {
            let error = import(&scene, arguments).failed(1);
            assert!(error.contains("the journal is empty or cut off"), "{error}");
            assert!(error.contains("`--restart` writes every row once more"), "{error}");
        }
        assert_eq!(read(&scene.file(JOURNAL)), left, "it stays as it is");
    }
    assert!(codes(&scene, "company", "customer_code").values().all(|times| *times == 1));
    fs::write(scene.file(JOURNAL), cut).unwrap();
    let again = import(&scene, &[&ARGUMENTS[..], &["--restart"]].concat()).done();
    assert_eq!(counts(&again), [ROWS as u64, 0, 0, 0, 0]);
    let times = codes(&scene, "company", "customer_code");
    assert!(times.len() == ROWS && times.values().any(|times| *times == 2), "as was said");
}

#[test]
fn a_last_line_that_is_cut_off_counts_for_nothing() {
    let scene = Scene::with(slow);
    let text = killed(&scene);
    fs::write(scene.file(JOURNAL), format!("{text}{{\"checkpoint\":{{\"do")).unwrap();
    let ended = import(&scene, &ARGUMENTS);
    let [created, _, refused, uncertain, left] = counts(&ended.out);
    assert_eq!((created + uncertain, refused, left), (ROWS as u64, 0, 0), "{}", ended.error);
    assert!(codes(&scene, "company", "customer_code").values().all(|times| *times == 1));
    let again = error(&import(&scene, &ARGUMENTS), 1);
    assert!(again.contains("this file has been imported"), "it is whole again: {again}");
}

#[test]
fn no_other_file_is_taken_for_a_journal_nor_replaced() {
    let scene = scene();
    fs::write(scene.file("c.csv"), "customer_code\n1\n").unwrap();
    for text in ["my notes\n", "my notes", "{\"a\":1}\n", "{\"clarify_journal\":99}\n"] {
        fs::write(scene.file("notes"), text).unwrap();
        for more in [&[][..], &["--restart"]] {
            let arguments = [&["company", "c.csv", "--journal", "notes"], more].concat();
            let ended = import(&scene, &arguments);
            assert_eq!(ended.code, Some(1), "{text}: {ended:?}");
            assert_eq!(read(&scene.file("notes")), text);
        }
    }
    assert_eq!(total(&scene, "company"), 0);
}

#[test]
fn a_journal_begins_with_all_of_its_first_line() {
    let scene = Scene::with(slow);
    let text = killed(&scene);
    assert!(text.starts_with("{\"clarify_journal\":1,"), "{text}");
    let others = fs::read_dir(scene.folder.path()).unwrap();
    let mut others: Vec<_> = others.map(|entry| entry.unwrap().file_name()).collect();
    others.sort();
    assert_eq!(others, ["c.csv", JOURNAL], "nothing is left of how it was made");
}

#[cfg(unix)]
#[test]
fn a_journal_behind_a_link_stays_there() {
    let scene = Scene::with(slow);
    std::os::unix::fs::symlink("elsewhere", scene.file(JOURNAL)).unwrap();
    killed(&scene);
    assert!(fs::symlink_metadata(scene.file(JOURNAL)).unwrap().is_symlink());
    assert!(scene.file("elsewhere").is_file());
    let ended = import(&scene, &ARGUMENTS);
    let [created, _, refused, uncertain, left] = counts(&ended.out);
    assert_eq!((created + uncertain, refused, left), (ROWS as u64, 0, 0), "{}", ended.error);
}
