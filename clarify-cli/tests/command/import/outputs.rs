//! The files that an import writes: they are looked at before anything is sent.

use std::fs;
use std::path::Path;

use super::{counts, error, import, scene, slow, total};
use crate::scene::{Scene, json, read};

const FLAGS: [&str; 5] = ["--ids", "--refused", "--report", "--journal", "--save-mapping"];

fn names(scene: &Scene) -> Vec<String> {
    let entries = fs::read_dir(scene.folder.path()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_path_that_can_not_be_written_is_told_before_anything_is_sent() {
    let scene = scene();
    fs::write(scene.file("o.csv"), "order_number,freight\n1,1\n2,x\n").unwrap();
    fs::create_dir(scene.file("folder")).unwrap();
    let long = "n".repeat(300);
    for flag in FLAGS {
        for path in ["nowhere/file", "o.csv/file", "folder", &long] {
            let error = import(&scene, &["c_order", "o.csv", flag, path]).failed(1);
            assert!(error.contains(&format!("`{flag} {path}` can't be written")), "{error}");
        }
        if flag != "--journal" {
            let dry = import(&scene, &["c_order", "o.csv", "--dry-run", flag, "nowhere/file"]);
            assert!(dry.failed(1).contains(&format!("`{flag} nowhere/file`")));
        }
    }
    assert_eq!(
        (total(&scene, "c_order"), names(&scene)),
        (0, vec!["folder".into(), "o.csv".into()])
    );
    let ended =
        import(&scene, &["c_order", "o.csv", "--ids", "i", "--refused", "r", "--report", "p"]);
    assert_eq!((ended.code, counts(&ended.out)), (Some(3), [1, 0, 1, 0, 0]));
    assert_eq!(names(&scene), ["folder", "i", "o.csv", "p", "r"]);
    assert_eq!(counts(&read(&scene.file("p"))), [1, 0, 1, 0, 0]);
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_told_too() {
    let scene = scene();
    fs::write(scene.file("o.csv"), "order_number,freight\n1,1\n").unwrap();
    let Some(_mounted) = super::room::mounted(&scene.file("kept"), "ro,size=64k") else { return };
    for flag in FLAGS {
        let error = import(&scene, &["c_order", "o.csv", flag, "kept/file"]).failed(1);
        assert!(error.contains(&format!("`{flag} kept/file` can't be written")), "{error}");
    }
    assert_eq!((total(&scene, "c_order"), names(&scene)), (0, vec!["kept".into(), "o.csv".into()]));
}

/// The file itself, and by each other way that leads to it.
fn ways(scene: &Scene, name: &str) -> Vec<String> {
    let ways = vec![name.to_owned(), format!("./{name}"), format!("folder/../{name}")];
    #[cfg(unix)]
    let ways = {
        let _ = std::os::unix::fs::symlink(name, scene.file("link"));
        let _ = std::os::unix::fs::symlink("link", scene.file("link-of-link"));
        [ways, vec!["link".to_owned(), "link-of-link".to_owned()]].concat()
    };
    if scene.file(name).exists() {
        let _ = fs::hard_link(scene.file(name), scene.file("hard"));
        return [ways, vec!["hard".to_owned()]].concat();
    }
    ways
}

#[test]
fn the_input_is_never_written_over() {
    let scene = scene();
    let text = "order_number,freight\n1,1\n2,x\n";
    fs::write(scene.file("o.csv"), text).unwrap();
    fs::create_dir(scene.file("folder")).unwrap();
    for flag in FLAGS {
        for way in ways(&scene, "o.csv") {
            let error = import(&scene, &["c_order", "o.csv", flag, &way, "--restart"]).failed(2);
            let both = format!("the input `o.csv` and `{flag} {way}` are the same file");
            assert!(error.contains(&both), "{error}");
        }
    }
    assert_eq!((total(&scene, "c_order"), read(&scene.file("o.csv"))), (0, text.to_owned()));
}

#[test]
fn no_output_is_written_over_another() {
    let scene = scene();
    fs::write(scene.file("o.csv"), "order_number,freight\n1,1\n2,x\n").unwrap();
    fs::create_dir(scene.file("folder")).unwrap();
    for (place, one) in FLAGS.iter().enumerate() {
        for other in &FLAGS[place + 1..] {
            for way in ways(&scene, "out") {
                let ended = import(&scene, &["c_order", "o.csv", one, "out", other, &way]);
                let error = ended.failed(2);
                assert!(error.contains(&format!("{one} out")) && error.contains(other), "{error}");
            }
        }
    }
    let beside = import(&scene, &["c_order", "o.csv", "--ids", "o.csv.clarify-journal"]).failed(2);
    assert!(beside.contains("`--ids o.csv.clarify-journal` and the journal"), "{beside}");
    let beside = import(&scene, &["c_order", "o.csv", "--ids", "./o.refused.csv"]);
    let both = "`--ids ./o.refused.csv` and the file of refused rows `o.refused.csv`";
    assert!(error(&beside, 2).contains(both), "{beside:?}");
    assert_eq!(total(&scene, "c_order"), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn devices_may_be_named_more_than_once() {
    let scene = scene();
    fs::write(scene.file("o.csv"), "order_number,freight\n1,1\n2,x\n").unwrap();
    let null = ["--ids", "/dev/null", "--refused", "/dev/null", "--report", "/dev/null"];
    let ended = import(&scene, &[&["c_order", "o.csv"], &null[..]].concat());
    assert_eq!((ended.code, ended.out.lines().next().unwrap()), (Some(3), "{"));
    assert!(!Path::new("/dev/null").is_file(), "it is as it was");
    let error = import(&scene, &["c_order", "o.csv", "--journal", "/dev/null"]).failed(1);
    assert!(error.contains("`/dev/null`: a journal is a file"), "{error}");
}

/// Orders of which every tenth has no number.
fn write(scene: &Scene) {
    let row = |n: usize| if n % 10 == 9 { format!("{n},x\n") } else { format!("{n},1\n") };
    let rows: String = (0..1000).map(row).collect();
    fs::write(scene.file("o.csv"), format!("order_number,freight\n{rows}")).unwrap();
}

#[test]
fn an_import_that_goes_on_writes_where_it_is_told_to() {
    let scene = Scene::with(slow);
    write(&scene);
    let arguments = ["c_order", "o.csv", "--concurrency", "2"];
    let first = ["--ids", "ids", "--refused", "bad.csv"];
    super::resume::interrupted(&scene, &[&arguments[..], &first].concat(), "c_order", 200);
    let (ids, bad) = (read(&scene.file("ids")), read(&scene.file("bad.csv")));
    assert!(ids.lines().count() >= 100 && bad.lines().count() > 10);
    let other = ["--ids", "other-ids", "--refused", "other-bad.csv"];
    let ended = import(&scene, &[&arguments[..], &other, &["--report", "p"]].concat());
    assert_eq!((ended.code, counts(&ended.out)), (Some(3), [900, 0, 100, 0, 0]), "{}", ended.error);
    assert!(ended.error.contains("is in `"), "it is told: {}", ended.error);
    assert_eq!(json(&ended.out)["refused_file"], "other-bad.csv");
    assert!(!scene.file("ids").exists() && !scene.file("bad.csv").exists());
    let (ids_now, bad_now) = (read(&scene.file("other-ids")), read(&scene.file("other-bad.csv")));
    assert!(ids_now.starts_with(&ids) && bad_now.starts_with(&bad), "from the first row on");
    assert_eq!((ids_now.lines().count(), bad_now.lines().count()), (900, 101));
    assert_eq!(total(&scene, "c_order"), 900);
}

#[test]
fn what_is_named_later_is_begun_later_and_what_is_gone_does_not_hold_it_up() {
    let scene = Scene::with(slow);
    write(&scene);
    let arguments = ["c_order", "o.csv", "--concurrency", "2"];
    super::resume::interrupted(&scene, &arguments, "c_order", 200);
    fs::remove_file(scene.file("o.refused.csv")).unwrap();
    let bad = import(&scene, &[&arguments[..], &["--ids", "nowhere/ids"]].concat()).failed(1);
    assert!(bad.contains("`--ids nowhere/ids` can't be written"), "{bad}");
    let ended = import(&scene, &[&arguments[..], &["--ids", "ids"]].concat());
    assert_eq!((ended.code, counts(&ended.out)), (Some(3), [900, 0, 100, 0, 0]), "{}", ended.error);
    assert!(ended.error.contains("which had no `--ids`, are not known"), "{}", ended.error);
    assert!(ended.error.contains("`o.refused.csv` has less in it"), "{}", ended.error);
    let refused = read(&scene.file("o.refused.csv"));
    assert!(refused.starts_with("order_number,freight,_line"), "it begins anew: {refused}");
    assert!(read(&scene.file("ids")).lines().count() < 900);
}

#[test]
fn a_journal_goes_on_from_any_folder() {
    let scene = Scene::with(slow);
    write(&scene);
    fs::create_dir(scene.file("folder")).unwrap();
    let arguments = ["c_order", "o.csv", "--concurrency", "2", "--ids", "ids"];
    super::resume::interrupted(&scene, &arguments, "c_order", 200);
    let mut command = scene.command(&["import", "--resume", "../o.csv.clarify-journal"]);
    let ended = crate::scene::end(command.current_dir(scene.file("folder")));
    assert_eq!((ended.code, counts(&ended.out)), (Some(3), [900, 0, 100, 0, 0]), "{}", ended.error);
    assert_eq!(read(&scene.file("o.refused.csv")).lines().count(), 101);
    assert_eq!(read(&scene.file("ids")).lines().count(), 900, "also without the flag");
    assert_eq!(fs::read_dir(scene.file("folder")).unwrap().count(), 0);
}
