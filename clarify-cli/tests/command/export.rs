//! All records of an object, in a file or a pipe.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

use clarify_core::blocking::Wait as _;
use clarify_core::{Client, RawAttributes};

use crate::scene::{CONTRACTS, KEY, Scene, end, json, read};

/// Makes this many deals.
fn fill(scene: &Scene, count: usize) {
    let client = Client::builder("acme").base_url(scene.base_url()).api_key(KEY).build().unwrap();
    let deals = (0..count).map(|n| {
        let json =
            format!(r#"{{"name":"Deal {n:05}","amount":{n},"description":"{}"}}"#, "x".repeat(200));
        serde_json::from_str::<RawAttributes>(&json).unwrap()
    });
    let report = client.dynamic("deal").unwrap().raw().import_new(deals).wait().unwrap();
    assert!(report.is_complete());
}

/// What is in the folder beside the file of settings.
fn files(scene: &Scene) -> Vec<String> {
    let entries = fs::read_dir(scene.folder.path()).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn all_pages_are_written_in_every_form() {
    for contract in CONTRACTS {
        let scene = Scene::of(contract);
        fill(&scene, 1_203);
        for (name, lines) in [("d.csv", 1_204), ("d.ndjson", 1_203), ("d.json", 1_205)] {
            let ended = scene.run(&["export", "deal", "-o", name]);
            assert_eq!(ended.error, "1203 records exported\n");
            ended.done();
            let text = read(&scene.file(name));
            assert_eq!(text.lines().count(), lines);
            assert!(text.contains("Deal 00000") && text.contains("Deal 01202"), "{name}");
        }
        assert_eq!(json(&read(&scene.file("d.json"))).as_array().unwrap().len(), 1_203);
        let filtered = ["export", "deal", "--filter", "amount=>=1200", "--sort", "-amount"];
        let out = scene.run(&[&filtered[..], &["--fields", "amount"]].concat()).done();
        let amounts: Vec<_> = out.lines().map(|line| line.rsplit(',').next().unwrap()).collect();
        assert_eq!(amounts, ["amount", "1202", "1201", "1200"]);
    }
}

#[test]
fn a_sheet_can_be_read_back() {
    for contract in CONTRACTS {
        let (scene, other) = (Scene::of(contract), Scene::of(contract));
        for values in [
            &["order_number=1;2", "total=999999999999.9999", "paid=true", "ordered_on=2026-01-02"]
                [..],
            &["order_number=\"quoted\", and\nin two lines", r#"marks=["a;b"," c","[d"]"#],
            &["order_number==cmd", "marks=plain;texts", "total=-0.5"],
            &["order_number=日本語"],
        ] {
            scene.create("c_sales_order", values);
        }
        let first = scene.run(&["export", "c_sales_order"]).done();
        let mut sheet = csv::Reader::from_reader(first.as_bytes());
        let header = sheet.headers().unwrap().clone();
        for row in sheet.records().map(Result::unwrap) {
            let cells =
                header.iter().zip(&row).filter(|(name, cell)| *name != "id" && !cell.is_empty());
            let values: Vec<String> = cells.map(|(name, cell)| format!("{name}={cell}")).collect();
            other.create("c_sales_order", &values.iter().map(String::as_str).collect::<Vec<_>>());
        }
        let second = other.run(&["export", "c_sales_order"]).done();
        let without_ids = |text: &str| {
            let mut sheet = csv::Reader::from_reader(text.as_bytes());
            let rows = sheet.records().map(Result::unwrap);
            rows.map(|row| row.iter().skip(1).map(str::to_owned).collect()).collect::<Vec<Vec<_>>>()
        };
        assert_eq!(without_ids(&first), without_ids(&second));
        assert_eq!(without_ids(&first).len(), 4);
    }
}

#[test]
fn a_failure_leaves_what_was_there() {
    let rule = "status=400,route=GET /objects/{object}/resources,nth=2";
    let scene = Scene::with(|builder| builder.fault(rule.parse().unwrap()));
    fill(&scene, 600);
    fs::write(scene.file("deals.csv"), "what was there").unwrap();
    let error = scene.run(&["export", "deal", "-o", "deals.csv"]).failed(1);
    assert!(error.contains("400"), "{error}");
    assert_eq!(read(&scene.file("deals.csv")), "what was there");
    assert_eq!(files(&scene), ["deals.csv"]);
    scene.run(&["export", "deal", "-o", "deals.csv"]).done();
    assert_eq!(read(&scene.file("deals.csv")).lines().count(), 601);
    let error = scene.run(&["export", "deal", "-o", "no/such/folder.csv"]).failed(1);
    assert_eq!(error, "error: `no/such/folder.csv`: No such file or directory (os error 2)\n");
}

#[test]
fn a_name_that_says_no_form_is_refused() {
    let scene = Scene::new();
    scene.create("deal", &["name=Big"]);
    let error = scene.run(&["export", "deal", "-o", "deals.xlsx"]).failed(2);
    assert!(error.contains("`.xlsx`") && error.contains("`.csv`, `.json`, `.ndjson`"), "{error}");
    assert_eq!(files(&scene), [""; 0]);
    scene.run(&["export", "deal", "-o", "deals.txt", "--output", "ndjson"]).done();
    assert!(read(&scene.file("deals.txt")).starts_with('{'));
    scene.run(&["export", "deal", "-o", "DEALS.JSON"]).done();
    assert!(read(&scene.file("DEALS.JSON")).starts_with("[\n"));
    scene.run(&["export", "deal", "-o", "deals"]).done();
    assert!(read(&scene.file("deals")).starts_with("id,"));
}

#[test]
fn an_interrupt_leaves_nothing() {
    // The second page never comes.
    let scene = Scene::with(|builder| {
        let slow = "latency=600s,route=GET /objects/{object}/resources,nth=2";
        builder.fault(slow.parse().unwrap())
    });
    fill(&scene, 600);
    let mut command = scene.command(&["export", "deal", "-o", "deals.csv", "--verbose"]);
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.contains("offset%5D=500")), "the second page is asked for");
    assert_eq!(files(&scene).len(), 1, "what was begun");
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(files(&scene), [""; 0]);
}

#[test]
fn a_reader_that_has_had_enough_ends_it_quietly() {
    let scene = Scene::new();
    fill(&scene, 2_000);
    for arguments in
        [&["export", "deal"][..], &["records", "list", "deal", "--all", "--output", "ndjson"]]
    {
        let mut command = scene.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.contains("id"), "{line}");
        let mut error = String::new();
        child.stderr.take().unwrap().read_to_string(&mut error).unwrap();
        assert_eq!((child.wait().unwrap().code(), &*error), (Some(0), ""));
    }
}

#[test]
fn a_file_that_is_exported_is_for_whom_new_files_are() {
    use std::os::unix::fs::PermissionsExt as _;

    let scene = Scene::new();
    let export =
        format!("umask 027 && exec {} export deal -o deals.csv", env!("CARGO_BIN_EXE_clarify"));
    let mut command = Command::new("sh");
    command.args(["-c", &export]).current_dir(scene.folder.path());
    command.env("CLARIFY_WORKSPACE", "acme").env("CLARIFY_API_KEY", KEY);
    end(command.env("CLARIFY_BASE_URL", scene.base_url())).done();
    let mode = fs::metadata(scene.file("deals.csv")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    fs::set_permissions(scene.file("deals.csv"), fs::Permissions::from_mode(0o600)).unwrap();
    scene.run(&["export", "deal", "-o", "deals.csv"]).done();
    let mode = fs::metadata(scene.file("deals.csv")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "one that was there stays for whom it was");
}

#[test]
fn links_are_followed_and_pipes_written_to() {
    let scene = Scene::new();
    scene.create("deal", &["name=Big"]);
    fs::write(scene.file("real.csv"), "").unwrap();
    std::os::unix::fs::symlink("real.csv", scene.file("link.csv")).unwrap();
    scene.run(&["export", "deal", "-o", "link.csv"]).done();
    assert!(read(&scene.file("real.csv")).contains("Big"));
    assert!(fs::symlink_metadata(scene.file("link.csv")).unwrap().is_symlink());
    let made = Command::new("mkfifo").arg(scene.file("pipe")).status().unwrap();
    assert!(made.success());
    let pipe = scene.file("pipe");
    let reader = std::thread::spawn(move || read(&pipe));
    scene.run(&["export", "deal", "-o", "pipe"]).done();
    assert!(reader.join().unwrap().contains("Big"));
    let error = scene.run(&["export", "deal", "-o", "."]).failed(1);
    assert!(error.contains("`.`"), "{error}");
}
