//! The program that shows the cases elsewhere leaves a service as it found it.

#![allow(clippy::unwrap_used, reason = "a test that does not go as it should ends there")]

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use clarify_core::ClarifyObject as _;
use clarify_server::{Contract, Fault, Seed, Server, ServerBuilder};
use clarify_tests::World;
use clarify_tests::misbehaving::Misbehaving;
use clarify_tests::objects::Ticket;
use serde_json::Value;

const KEY: &str = "a-key-that-nobody-prints";

fn builder(contract: Contract) -> ServerBuilder {
    Server::builder().contract(contract).workspace("acme").api_key(KEY)
}

fn service(contract: Contract) -> Server {
    seeded(builder(contract))
}

fn seeded(builder: ServerBuilder) -> Server {
    let server = builder.start().unwrap();
    let ana = Seed::new("per_ana", r#"{"email_addresses": {"items": ["ana@example.com"]}}"#);
    server.seed("person", [ana]).unwrap();
    server
}

fn command(url: &str, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_conformance"));
    command.args(["--base-url", url, "--workspace", "acme"]).args(more);
    command.env("CLARIFY_API_KEY", KEY).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(server: &Server, more: &[&str]) -> Output {
    command(&server.url(), more).output().unwrap()
}

/// The whole output, which never has the key, a backtrace or anything but whole lines.
fn text(output: &Output) -> String {
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(!text.contains(KEY), "{text}");
    assert!(!text.contains("panicked") && !text.contains("RUST_BACKTRACE"), "{text}");
    text
}

/// All that the service has: its schemas, and each object's records and links.
async fn everything(server: &Server) -> Vec<Value> {
    let world = World::at(server.url(), "acme", KEY);
    let mut found = vec![world.get("/schemas").await.document(200)];
    for object in ["person", "company", "deal", "meeting", "task"] {
        found.push(world.list(object, "").await.document(200));
    }
    found
}

async fn is_left_as_it_was(contract: Contract) {
    let server = service(contract);
    let before = everything(&server).await;
    let output = run(&server, &["--yes", "--ours"]);
    let text = text(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains(" ok, 0 failed, 0 skipped\nnothing is left behind"), "{text}");
    assert!(text.contains(&format!("speaks the {contract:?} contract")), "found out: {text}");
    assert_eq!(everything(&server).await, before);
}

#[tokio::test]
async fn a_documented_service_is_left_as_it_was() {
    is_left_as_it_was(Contract::Documented).await;
}

#[tokio::test]
async fn a_live_service_is_left_as_it_was() {
    is_left_as_it_was(Contract::Live).await;
}

#[tokio::test]
async fn cases_that_fail_are_named_in_a_line_and_leave_nothing_either() {
    let server = service(Contract::Documented);
    let before = everything(&server).await;
    let output = run(&server, &["--yes", "--contract", "live"]);
    let text = text(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    let failed: Vec<_> = text.lines().filter(|line| line.starts_with("failed ")).collect();
    let named = |name| failed.iter().any(|line| line.contains(name) && line.contains(".rs:"));
    assert!(named("create::ids_have_their_form_and_increase [both]: "), "{failed:#?}");
    assert!(text.contains("nothing is left behind"), "{text}");
    assert_eq!(everything(&server).await, before);
}

/// A run that has shown its first case and is sent a signal then.
fn interrupted(url: &str, signal: &str) -> Output {
    let mut child: Child = command(url, &["--yes"]).spawn().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.starts_with("ok ") {
        line.clear();
        assert!(stdout.read_line(&mut line).unwrap() > 0, "it ends before its first case");
    }
    let kill = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    let mut rest = Vec::new();
    stdout.read_to_end(&mut rest).unwrap();
    let output = child.wait_with_output().unwrap();
    Output { stdout: rest, ..output }
}

#[tokio::test]
async fn an_interrupted_run_leaves_nothing() {
    let server = service(Contract::Documented);
    let before = everything(&server).await;
    for signal in ["-INT", "-TERM", "-HUP"] {
        let output = interrupted(&server.url(), signal);
        let text = text(&output);
        assert_eq!(output.status.code(), Some(1), "{signal}: {text}");
        assert!(text.contains("interrupted\nnothing is left behind"), "{signal}: {text}");
        assert_eq!(everything(&server).await, before, "{signal}");
    }
}

#[tokio::test]
async fn a_run_that_nobody_reads_leaves_nothing() {
    let server = service(Contract::Documented);
    let before = everything(&server).await;
    let mut child = command(&server.url(), &["--yes", "--case", "create"]).spawn().unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(everything(&server).await, before);
}

#[tokio::test]
async fn what_lost_answers_have_made_is_found_and_deleted() {
    let lost = |path: &str| Fault::cut_after().on("POST", path);
    let faults = [
        lost("/schemas/objects").nth(2),
        Fault::status(500).on("POST", "/schemas/objects").nth(3),
        lost("/objects/{object}/records").share(0.2).seed(1),
        lost("/objects/{object}/records/bulk").share(0.3).seed(2),
        lost("/objects/{object}/resources").share(0.3).seed(3),
        Fault::cut_after().on("DELETE", "/schemas/objects/{object}").share(0.3).seed(4),
        Fault::cut_after().on("DELETE", "/objects/{object}/records").nth(2),
    ];
    for contract in [Contract::Documented, Contract::Live] {
        let server = faults.iter().cloned().fold(builder(contract), ServerBuilder::fault);
        let server = seeded(server);
        let before = everything(&server).await;
        let output = run(&server, &["--yes", "--ours"]);
        let text = text(&output);
        assert!(text.contains("failed ") && text.contains("\nnothing is left behind"), "{text}");
        assert_eq!(everything(&server).await, before, "{text}");
    }
}

#[tokio::test]
async fn an_object_of_somebody_elses_is_let_alone() {
    let server = service(Contract::Documented);
    server.register(Ticket::OBJECT).unwrap();
    let before = everything(&server).await;
    let output = run(&server, &["--yes"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output).contains("the workspace has an object `c_ticket`"), "{}", text(&output));
    assert_eq!(everything(&server).await, before);
}

#[tokio::test]
async fn one_topic_or_one_case_can_be_shown() {
    let server = service(Contract::Live);
    let shown = |only: &str| {
        let text = text(&run(&server, &["--yes", "--case", only]));
        text.lines().filter(|line| line.starts_with("ok ")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        shown("delete::a_second_delete_is_404"),
        ["ok       delete::a_second_delete_is_404"]
    );
    assert_eq!(shown("delete").len(), 3);
    let none = run(&server, &["--yes", "--case", "delete::nothing"]);
    assert_eq!(none.status.code(), Some(2), "{}", text(&none));
}

#[test]
fn a_dry_run_sends_nothing() {
    let output = command("http://127.0.0.1:1", &["--dry-run"]).output().unwrap();
    let text = text(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("c_sales_order, c_product, c_ticket"), "{text}");
    assert!(text.contains("would show  create::an_id_in_the_body_is_422"), "{text}");
    assert!(text.contains("would skip  schemas::a_built_in_can_not_be_deleted: "), "{text}");
}

#[tokio::test]
async fn nothing_is_written_without_a_yes_or_with_a_wrong_key() {
    let server = service(Contract::Documented);
    let before = everything(&server).await;
    let silent = run(&server, &[]);
    assert_eq!(silent.status.code(), Some(2));
    assert!(text(&silent).contains("--yes"), "{}", text(&silent));
    let stranger = command(&server.url(), &["--yes"]).env("CLARIFY_API_KEY", "x").output().unwrap();
    assert_eq!(stranger.status.code(), Some(2));
    assert!(text(&stranger).contains("401 Invalid API key"), "{}", text(&stranger));
    assert_eq!(everything(&server).await, before);
}

#[test]
fn rate_limits_are_heeded() {
    let server = service(Contract::Documented);
    let proxy = Misbehaving::before(&server).rate_limit(2, Duration::from_secs(1)).start();
    let output = command(&proxy.url(), &["--yes", "--case", "delete"]).output().unwrap();
    let text = text(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("3 ok, 0 failed, 0 skipped\nnothing is left behind"), "{text}");
    assert!(proxy.count() > 20, "{}", proxy.count());
    assert!(proxy.requests().iter().all(|seen| seen.answered != Some(429)));
}
