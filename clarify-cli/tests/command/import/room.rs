//! Disks that are full, or fill up on the way.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::resume::codes;
use super::{counts, error, import, scene, slow, total, values, with_objects};
use crate::scene::{End, Scene, end, read};

/// A file system that is in memory, until it goes out of scope.
pub(super) struct Mounted(PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

/// Mounts one, where this user may.
pub(super) fn mounted(folder: &Path, options: &str) -> Option<Mounted> {
    fs::create_dir(folder).unwrap();
    let mut mount = Command::new("mount");
    mount.args(["-t", "tmpfs", "-o", options, "none"]).arg(folder).stderr(Stdio::null());
    if !mount.status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: no file system can be mounted");
        return None;
    }
    Some(Mounted(folder.to_owned()))
}

/// A file of companies, which match on nothing, or of orders, with some rows that are refused.
fn write(path: &Path, object: &str, rows: usize) {
    let (code, amount) = match object {
        "company" => ("customer_code", "employee_count"),
        _ => ("order_number", "freight"),
    };
    let row = |n: usize| if n % 10 == 9 { format!("{n},x\n") } else { format!("{n},1\n") };
    let rows: String = (0..rows).map(row).collect();
    fs::write(path, format!("{code},{amount}\n{rows}")).unwrap();
}

/// Takes all room but this many bytes.
fn fill(folder: &Path, left: u64) {
    let filler = folder.join("filler");
    let _ = fs::write(&filler, vec![b'x'; 1 << 20]);
    let length = fs::metadata(&filler).unwrap().len();
    fs::File::options().write(true).open(&filler).unwrap().set_len(length - left).unwrap();
}

/// What the error says and the report counts, which agree with what the service has.
fn check_stopped(scene: &Scene, object: &str, ended: &End, file: &str) {
    let [created, _, refused, _, left] = counts(&ended.out);
    assert_eq!(total(scene, object), created, "{}", ended.error);
    assert_eq!(created + refused + left, 1000, "{}", ended.error);
    let error = error(ended, 1);
    assert!(error.starts_with(&format!("`{file}`: ")), "{error}");
    assert!(created == 0 || error.contains(&format!("{created} created")), "{error}");
    assert!(error.contains(&format!("{left} not attempted")), "{error}");
    assert!(error.contains("the same command goes on where it stopped"), "{error}");
}

/// With room again the same command comes to the end, and none is there twice.
fn check_gone_on(scene: &Scene, object: &str, code: &str, ended: &End) {
    let [created, matched, refused, uncertain, left] = counts(&ended.out);
    assert_eq!((created + matched + uncertain, refused, left), (900, 100, 0), "{}", ended.error);
    assert_eq!(ended.code, Some(if uncertain > 0 { 4 } else { 3 }), "{}", ended.error);
    let codes = codes(scene, object, code);
    assert!(codes.values().all(|times| *times == 1), "none is doubled");
    if object == "c_order" {
        assert_eq!((codes.len(), uncertain), (900, 0));
    }
}

#[test]
fn a_disk_that_fills_up_leaves_what_can_be_gone_on_with() {
    for (object, code) in [("c_order", "order_number"), ("company", "customer_code")] {
        for left in [4096, 8192, 16384] {
            let scene = Scene::with(with_objects);
            let folder = scene.file("small");
            let Some(_mounted) = mounted(&folder, "size=256k") else { return };
            write(&folder.join("o.csv"), object, 1000);
            fill(&folder, left);
            let arguments = [object, "small/o.csv", "--concurrency", "2"];
            let ended = import(&scene, &arguments);
            assert_eq!(ended.code, Some(1), "{left}: {}", ended.error);
            let name = ended.error.contains("`small/o.refused.csv`: No space left");
            let name = if name { "o.refused.csv" } else { "o.csv.clarify-journal" };
            check_stopped(&scene, object, &ended, &format!("small/{name}"));
            fs::remove_file(folder.join("filler")).unwrap();
            check_gone_on(&scene, object, code, &import(&scene, &arguments));
            assert_eq!(read(&folder.join("o.refused.csv")).lines().count(), 101, "each once");
        }
    }
}

#[test]
fn a_disk_that_is_full_at_the_start_is_left_as_it_is() {
    let scene = scene();
    let folder = scene.file("small");
    let Some(_mounted) = mounted(&folder, "size=64k") else { return };
    write(&folder.join("o.csv"), "company", 10);
    fill(&folder, 0);
    let error = error(&import(&scene, &["company", "small/o.csv"]), 1);
    assert!(
        error.contains("the journal `small/o.csv.clarify-journal` can't be written"),
        "{error}"
    );
    assert!(error.contains("nothing was sent"), "{error}");
    assert_eq!((total(&scene, "company"), fs::read_dir(&folder).unwrap().count()), (0, 2));
    fs::remove_file(folder.join("filler")).unwrap();
    let ended = import(&scene, &["company", "small/o.csv"]);
    assert_eq!((ended.code, counts(&ended.out)), (Some(3), [9, 0, 1, 0, 0]));
}

/// The import, in a process whose files can't grow beyond so many blocks.
fn limited(scene: &Scene, blocks: u32, arguments: &[&str]) -> End {
    let mut command = scene.command(&[&["import"], arguments].concat());
    let program = command.get_program().to_owned();
    let mut shell = Command::new("sh");
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    shell.args(["-c", &script]).arg(program).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    end(shell.current_dir(command.current_dir(scene.folder.path()).get_current_dir().unwrap()))
}

#[test]
fn files_that_may_not_grow_are_named_with_what_is_known() {
    for (object, code) in [("c_order", "order_number"), ("company", "customer_code")] {
        let scene = Scene::with(slow);
        write(&scene.file("o.csv"), object, 1000);
        let arguments = [object, "o.csv", "--concurrency", "4", "--ids", "ids"];
        let ended = limited(&scene, 12, &arguments);
        assert_eq!(ended.code, Some(1), "{}", ended.error);
        let is_journal = ended.error.contains("`o.csv.clarify-journal`: File too large");
        check_stopped(
            &scene,
            object,
            &ended,
            if is_journal { "o.csv.clarify-journal" } else { "ids" },
        );
        check_gone_on(&scene, object, code, &import(&scene, &arguments));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn each_output_that_is_full_is_named() {
    for (object, code) in [("c_order", "order_number"), ("company", "customer_code")] {
        for flag in ["--ids", "--refused"] {
            let scene = Scene::with(with_objects);
            write(&scene.file("o.csv"), object, 1000);
            let arguments = [object, "o.csv", "--concurrency", "4"];
            let ended = import(&scene, &[&arguments[..], &[flag, "/dev/full"]].concat());
            assert_eq!(ended.code, Some(1), "{}", ended.error);
            check_stopped(&scene, object, &ended, "/dev/full");
            let other = import(&scene, &[&arguments[..], &[flag, "other"]].concat());
            check_gone_on(&scene, object, code, &other);
            assert_eq!(counts(&other.out)[3], 0, "nothing is uncertain: {}", other.error);
            if flag == "--refused" {
                assert_eq!(read(&scene.file("other")).lines().count(), 101);
            }
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_can_not_be_written_does_not_hide_what_has_become_of_the_rows() {
    let scene = scene();
    for (rows, more, code) in [(9, "", 1), (10, "1 row could not be imported", 3)] {
        write(&scene.file("o.csv"), "c_order", rows);
        let ended = import(&scene, &["c_order", "o.csv", "--report", "/dev/full"]);
        assert_eq!(counts(&ended.out)[2], u64::from(rows == 10));
        let error = error(&ended, code);
        assert!(error.contains("`--report /dev/full` can't be written: No space"), "{error}");
        assert!(error.contains(more), "{error}");
    }
    assert_eq!(values(&scene, "c_order", "order_number").len(), 9);
}
