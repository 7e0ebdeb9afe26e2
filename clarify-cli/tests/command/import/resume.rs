//! Imports that are interrupted, and go on.

use std::collections::HashMap;
use std::fs;
use std::process::{Child, Command, Output, Stdio};

use clarify_server::Fault;
use serde_json::Value;

use super::{counts, error, import, records, scene, slow, total, values, with_objects};
use crate::scene::{End, Scene, end, ended};

const ROWS: usize = 1500;

/// Companies with a code and nothing to match on, or orders that have a number.
fn write(scene: &Scene, object: &str) -> [&'static str; 4] {
    let column = if object == "company" { "customer_code" } else { "order_number" };
    let rows: String = (0..ROWS).map(|n| format!("{n},place {n}\n")).collect();
    let (name, second) = match object {
        "company" => ("companies.csv", "city"),
        _ => ("orders.csv", "ship_country"),
    };
    fs::write(scene.file(name), format!("{column},{second}\n{rows}")).unwrap();
    [if object == "company" { "company" } else { "c_order" }, name, "--concurrency", "4"]
}

pub(super) fn spawn(scene: &Scene, arguments: &[&str]) -> Child {
    let mut command = scene.command(&[&["import"], arguments].concat());
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

pub(super) fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
}

/// Waits until the service has this many records.
pub(super) fn until(scene: &Scene, object: &str, count: usize) {
    while total(scene, object) < count as u64 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

/// Interrupts an import when the service has this many records, and lets it end what is under way.
pub(super) fn interrupted(scene: &Scene, arguments: &[&str], object: &str, count: usize) -> Output {
    let child = spawn(scene, arguments);
    until(scene, object, count);
    signal(&child, "-INT");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    output
}

/// Kills an import several times on its way, and lets it come to its end. One that had ended before
/// it could be killed is no import that goes on.
fn killed_on_its_way(scene: &Scene, object: &str) -> End {
    let arguments = write(scene, object);
    for kills in 1..5 {
        let mut child = spawn(scene, &arguments);
        until(scene, object, kills * ROWS / 10);
        signal(&child, "-KILL");
        assert_eq!(child.wait().unwrap().code(), None, "it was killed before its end");
    }
    import(scene, &arguments)
}

/// How often each code is there.
pub(super) fn codes(scene: &Scene, object: &str, field: &str) -> HashMap<String, usize> {
    let mut codes = HashMap::new();
    for code in values(scene, object, field) {
        *codes.entry(code.as_str().unwrap().to_owned()).or_default() += 1;
    }
    codes
}

#[test]
fn upserts_that_are_killed_go_on_and_none_is_doubled_or_missing() {
    let scene = Scene::with(slow);
    let ended = killed_on_its_way(&scene, "c_order");
    assert!(ended.error.contains("of an earlier run"), "{}", ended.error);
    let [created, matched, refused, uncertain, left] = counts(&ended.done());
    assert_eq!((created + matched, refused, uncertain, left), (ROWS as u64, 0, 0, 0));
    let codes = codes(&scene, "c_order", "order_number");
    assert_eq!(codes.len(), ROWS);
    assert!(codes.values().all(|count| *count == 1));
    assert!(!scene.file("orders.csv.clarify-journal").exists(), "an import that is over has none");
}

#[test]
fn creates_that_are_killed_are_not_doubled_and_what_is_missing_is_named() {
    let scene = Scene::with(slow);
    let ended = killed_on_its_way(&scene, "company");
    let [created, _, refused, uncertain, left] = counts(&ended.out);
    assert_eq!((created + uncertain, refused, left), (ROWS as u64, 0, 0));
    assert_eq!(ended.code, Some(4), "something is uncertain after a kill: {ended:?}");
    check_uncertain(&scene, uncertain);
    let again = import(&scene, &["company", "companies.csv", "--concurrency", "4"]).error;
    assert!(again.contains("this file has been imported"), "{again}");
}

/// None is there twice, and those that are not there are among the uncertain ones.
fn check_uncertain(scene: &Scene, uncertain: u64) {
    let codes = codes(scene, "company", "customer_code");
    assert!(codes.values().all(|count| *count == 1), "none is doubled");
    let named = fs::read_to_string(scene.file("companies.uncertain.csv")).unwrap();
    let named: Vec<&str> = named.lines().skip(1).map(|l| l.split(',').next().unwrap()).collect();
    assert_eq!(named.len() as u64, uncertain);
    for code in (0..ROWS).map(|code| code.to_string()) {
        assert!(codes.contains_key(&code) || named.contains(&&*code), "{code} is lost");
    }
}

#[test]
fn creates_whose_answers_are_lost_are_uncertain_and_sent_once() {
    let lost: Fault = "cut=after,nth=7,route=POST /records/bulk".parse().unwrap();
    let scene = Scene::with(|builder| with_objects(builder).fault(lost));
    let arguments = write(&scene, "company");
    let ended = import(&scene, &arguments);
    assert_eq!(ended.code, Some(4), "{ended:?}");
    let [created, _, refused, uncertain, left] = counts(&ended.out);
    assert_eq!((created + uncertain, refused, left), (ROWS as u64, 0, 0));
    assert!(uncertain >= 25);
    check_uncertain(&scene, uncertain);
    assert_eq!(records(&scene, "company").len(), ROWS, "all were written");
}

#[test]
fn upserts_whose_answers_are_lost_are_sent_again() {
    let lost: Fault = "cut=after,nth=7,route=POST /records/bulk".parse().unwrap();
    let scene = Scene::with(|builder| with_objects(builder).fault(lost));
    let arguments = write(&scene, "c_order");
    let ended = import(&scene, &arguments);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(records(&scene, "c_order").len(), ROWS);
}

#[test]
fn ctrl_c_leaves_a_state_to_go_on_from() {
    for object in ["c_order", "company"] {
        let scene = Scene::with(slow);
        let arguments = write(&scene, object);
        let arguments = [&arguments[..], &["--ids", "ids.ndjson"]].concat();
        let output = interrupted(&scene, &arguments, object, ROWS / 5);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains("--resume"), "{error}");
        let [created, _, refused, uncertain, left] =
            counts(&String::from_utf8(output.stdout).unwrap());
        assert_eq!((refused, uncertain), (0, 0), "what was under way was waited for");
        assert_eq!(created + left, ROWS as u64);
        assert_eq!(records(&scene, object).len() as u64, created);
        let journal = format!("{}.clarify-journal", arguments[1]);
        let ended = import(&scene, &["--resume", &journal, "--ids", "ids.ndjson"]);
        assert_eq!(counts(&ended.done())[..3], [ROWS as u64, 0, 0]);
        assert_eq!(records(&scene, object).len(), ROWS);
        check_ids(&scene, object);
    }
}

/// Each row is in the file with the record that it went into.
fn check_ids(scene: &Scene, object: &str) {
    let text = fs::read_to_string(scene.file("ids.ndjson")).unwrap();
    let written: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let lines: Vec<u64> = written.iter().map(|one| one["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, (2..ROWS as u64 + 2).collect::<Vec<_>>());
    assert_eq!(written[0]["outcome"], "created");
    let id = written[0]["id"].as_str().unwrap();
    let first = scene.run(&["records", "get", object, id, "--output", "json"]).done();
    assert!(first.contains("place 0"), "{first}");
}

#[test]
fn a_journal_is_of_one_file_one_workspace_and_one_way_to_import() {
    let scene = Scene::with(slow);
    let arguments = write(&scene, "c_order");
    let mut child = spawn(&scene, &arguments);
    until(&scene, "c_order", 25);
    let busy = import(&scene, &arguments).error;
    assert!(busy.contains("another import is writing it"), "{busy}");
    signal(&child, "-KILL");
    child.wait().unwrap();
    let other_way = [&arguments[..], &["--map", "ship_country=ship_name"]].concat();
    let error = import(&scene, &other_way).error;
    assert!(error.contains("it was begun with other options"), "{error}");
    let other = self::scene();
    let mut elsewhere = scene.command(&[&["import"][..], &arguments[..]].concat());
    let error = end(elsewhere.env("CLARIFY_BASE_URL", other.base_url())).error;
    assert!(error.contains("it is of another workspace"), "{error}");
    fs::write(scene.file("orders.csv"), "order_number,ship_country\n1,x\n").unwrap();
    let error = import(&scene, &arguments).error;
    assert!(error.contains("the file is another one"), "{error}");
    let restarted = import(&scene, &[&arguments[..], &["--restart"]].concat());
    assert_eq!(counts(&restarted.done())[1], 1);
}

#[test]
fn a_file_that_is_changed_while_it_is_imported_is_not_taken_for_done() {
    for text in ["", "order_number,ship_country\n1,x\n"] {
        let scene = Scene::with(slow);
        let arguments = write(&scene, "c_order");
        let child = spawn(&scene, &arguments);
        until(&scene, "c_order", 25);
        fs::write(scene.file("orders.csv"), text).unwrap();
        let ended = ended(child.wait_with_output().unwrap());
        let told = error(&ended, 1);
        assert!(told.contains("`orders.csv`: it was changed while it was imported"), "{told}");
        let again = import(&scene, &arguments);
        assert!(text.is_empty() || error(&again, 1).contains("the file is another one"));
    }
}

#[test]
fn a_file_is_created_from_once_unless_it_changes() {
    let scene = scene();
    let file = |text: &str| fs::write(scene.file("c.csv"), text).unwrap();
    let arguments = ["company", "c.csv", "--map", "code=customer_code"];
    file("code,city\n1,Bern\n");
    import(&scene, &arguments).done();
    for again in [&arguments[..], &[&arguments[..], &["--map", "city="]].concat()] {
        let error = import(&scene, again).error;
        assert!(error.contains("this file has been imported"), "{error}");
    }
    file("code,city\n2,Chur\n");
    import(&scene, &arguments).done();
    assert_eq!(values(&scene, "company", "customer_code"), ["1", "2"]);
}

#[test]
fn a_journal_holds_no_key() {
    let scene = scene();
    let arguments = write(&scene, "company");
    import(&scene, &arguments).done();
    let journal = fs::read_to_string(scene.file("companies.csv.clarify-journal")).unwrap();
    assert!(!journal.contains(crate::scene::KEY));
    let head: Value = serde_json::from_str(journal.lines().next().unwrap()).unwrap();
    assert!(head["workspace"].as_str().unwrap().ends_with("/v1/workspaces/acme"));
}

#[test]
fn what_a_service_that_fails_leaves_open_is_sent_when_it_is_mended() {
    let failing: Fault = "status=503,route=POST /records/bulk".parse().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("records.db");
    let mut scene = Scene::with(|builder| with_objects(builder).data(&data).fault(failing));
    let arguments = write(&scene, "c_order");
    let ended = import(&scene, &[&arguments[..], &["--patience", "5"]].concat());
    assert_eq!(ended.code, Some(4), "{ended:?}");
    let [created, _, _, uncertain, left] = counts(&ended.out);
    assert_eq!((created, uncertain + left), (0, ROWS as u64));
    assert!(!scene.file("orders.uncertain.csv").exists(), "they are sent again");
    let addr = scene.server.addr().to_string();
    let mended = Scene::with(with_objects);
    std::mem::replace(&mut scene.server, mended.server).stop();
    let again = Scene::with(|builder| with_objects(builder).data(&data).addr(addr));
    scene.server = again.server;
    assert_eq!(counts(&import(&scene, &arguments).done())[..2], [ROWS as u64, 0]);
    assert_eq!(records(&scene, "c_order").len(), ROWS);
}

#[test]
fn a_damaged_journal_is_refused_and_nothing_is_written_twice() {
    let scene = Scene::with(slow);
    let arguments = write(&scene, "company");
    let mut child = spawn(&scene, &arguments);
    until(&scene, "company", 300);
    signal(&child, "-KILL");
    child.wait().unwrap();
    let journal = scene.file(&format!("{}.clarify-journal", arguments[1]));
    let text = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, text.replacen("\n{", "\n!", 1)).unwrap();
    let error = import(&scene, &arguments).failed(1);
    assert!(error.contains("the journal is damaged"), "{error}");
    assert!(codes(&scene, "company", "customer_code").values().all(|times| *times == 1));
}
