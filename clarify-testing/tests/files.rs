//! Files of records that tests begin with.
// What a test does not expect ends it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use clarify_core::ClarifyObject;
use clarify_server::{Seed, Server};
use clarify_testing::{Workspace, workspace};

#[derive(Debug, Clone, PartialEq, ClarifyObject)]
struct Ticket {
    #[clarify(unique)]
    number: String,
}

/// A file of three tickets in each of these workspaces.
fn file(folder: &Path, workspaces: &[&str]) -> PathBuf {
    let path = folder.join("records.db");
    let server = Server::builder().data(&path).workspace(workspaces[0]).register(Ticket::OBJECT);
    let more = workspaces[1..].iter();
    let server = more.fold(server, |server, name| server.add_workspace(*name)).start().unwrap();
    for workspace in server.workspaces() {
        let seed = |n: usize| {
            Seed::new(format!("rec_{n}"), format!(r#"{{"number": "{}-{n}"}}"#, workspace.name()))
        };
        workspace.seed(Ticket::NAME, (0..3).map(seed)).unwrap();
    }
    path
}

async fn numbers(test: &Workspace) -> Vec<String> {
    let page = test.records::<Ticket>().list().await.unwrap();
    page.records.into_iter().map(|record| record.attributes.number).collect()
}

fn ticket(number: &str) -> Ticket {
    Ticket { number: number.into() }
}

/// What lies in a folder, and its bytes.
fn content(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut content: Vec<_> =
        entries.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect();
    content.sort();
    content
}

#[tokio::test]
async fn a_file_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), &["acme"]);
    let before = content(folder.path());
    for _ in 0..2 {
        let test = workspace().data(&path).object::<Ticket>().open().await.unwrap();
        assert_eq!(numbers(&test).await, ["acme-0", "acme-1", "acme-2"]);
        for number in 3..200 {
            test.records().create(&ticket(&format!("new-{number}"))).await.unwrap();
        }
        let all = numbers(&test).await;
        assert_eq!(all.len(), 200);
        test.snapshot("two hundred").unwrap();
        test.reset().unwrap();
        assert_eq!(numbers(&test).await.len(), 3);
        test.restore("two hundred").unwrap();
        assert_eq!(numbers(&test).await, all);
        drop(test);
        assert!(content(folder.path()) == before);
    }
}

#[tokio::test]
async fn many_tests_begin_with_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), &["acme"]);
    let before = content(folder.path());
    let mut tests = Vec::new();
    for number in 0..3 {
        let test = workspace().data(&path).seed([ticket(&format!("new-{number}"))]);
        tests.push(test.open().await.unwrap());
    }
    for (number, test) in tests.iter().enumerate() {
        let expected = ["acme-0", "acme-1", "acme-2", &format!("new-{number}")];
        assert_eq!(numbers(test).await, expected);
    }
    drop(tests);
    assert!(content(folder.path()) == before, "no copy is left");
}

#[tokio::test]
async fn a_file_of_several_workspaces_has_one_that_is_meant() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), &["acme", "beta"]);
    let test = workspace().data(&path).stored_as("beta").open().await.unwrap();
    assert_eq!(numbers(&test).await, ["beta-0", "beta-1", "beta-2"]);
    drop(test);
    for builder in [workspace(), workspace().stored_as("gamma")] {
        let error = builder.data(&path).open().await.unwrap_err().to_string();
        assert!(error.contains("records.db") && error.contains("`acme`, `beta`"), "{error}");
    }
}

#[tokio::test]
async fn what_is_no_file_of_records_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    std::fs::write(&path, "something else entirely, and longer than a header").unwrap();
    let error = workspace().data(&path).open().await.unwrap_err().to_string();
    assert!(error.contains("notes.txt"), "{error}");
}
