//! Real data at its real size: 10,251 universities as companies, kept in a file that outlives the
//! service, also when it is killed.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that does not go as it should ends there"
)]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use clarify_core::{Batch, Client, Outcome, Record, Records};
use clarify_server::Server;
use clarify_tests::objects::Company;
use serde_json::Value;
use tokio::sync::mpsc;

/// The universities in the order of the file, or nothing where it is not there.
fn universities() -> Option<Vec<Company>> {
    let text = std::fs::read_to_string(clarify_tests::data("universities.json")?).unwrap();
    let entries: Vec<Value> = serde_json::from_str(&text).unwrap();
    Some(entries.iter().map(company).collect())
}

fn company(entry: &Value) -> Company {
    let domains = entry["domains"].as_array().unwrap().iter();
    Company {
        name: entry["name"].as_str().map(str::to_owned),
        domains: domains.map(|domain| domain.as_str().unwrap().to_owned()).collect(),
        ..Company::default()
    }
}

fn companies(url: String) -> Records<Company> {
    let client = Client::builder("acme").api_key("secret").base_url(url).build().unwrap();
    client.records()
}

fn serve(path: &Path) -> Server {
    Server::builder().workspace("acme").api_key("secret").data(path).start().unwrap()
}

/// Every company that a service has, by its id.
async fn all(companies: &Records<Company>) -> BTreeMap<String, Record<Company>> {
    let mut found = BTreeMap::new();
    let mut next = Some(companies.list());
    while let Some(list) = next {
        let page = list.await.unwrap();
        assert!(page.unreadable.is_empty(), "{:?}", page.unreadable);
        next = page.next();
        found.extend(page.records.into_iter().map(|record| (record.id.to_string(), record)));
    }
    found
}

/// Upserts everything in order, and says what became of each.
async fn upsert_all(
    companies: &Records<Company>,
    universities: &[Company],
) -> Vec<Record<Company>> {
    let mut saved = Vec::new();
    for batch in Batch::split(universities) {
        let answered = companies.bulk_upsert(&batch).await.unwrap();
        assert_eq!(answered.len(), batch.len());
        saved.extend(answered);
    }
    saved
}

#[tokio::test]
async fn every_university_is_accounted_for_and_outlives_the_service() {
    let Some(universities) = universities() else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.db");
    let server = serve(&path);
    let service = companies(server.url());
    let saved = upsert_all(&service, &universities).await;
    check_outcomes(&universities, &saved);
    let before = all(&service).await;
    assert_eq!(before.len(), 10_248);
    server.stop();

    let server = serve(&path);
    let service = companies(server.url());
    assert_eq!(service.list().limit(1).await.unwrap().total, Some(10_248));
    assert!(all(&service).await == before, "every record is as it was");
    let first = &saved[0];
    assert_eq!(service.get(first).await.unwrap().attributes, first.attributes);
    let again = service.upsert(&universities[0]).await.unwrap();
    assert_eq!((again.id, again.outcome), (first.id.clone(), Some(Outcome::Matched)));
}

fn check_outcomes(universities: &[Company], saved: &[Record<Company>]) {
    assert_eq!((universities.len(), saved.len()), (10_251, 10_251));
    let count = |outcome| saved.iter().filter(|r| r.outcome == Some(outcome)).count();
    assert_eq!((count(Outcome::Created), count(Outcome::Matched)), (10_248, 3));
    let ids: HashSet<_> = saved.iter().map(|record| &record.id).collect();
    assert_eq!(ids.len(), 10_248);
    for (sent, got) in universities.iter().zip(saved) {
        // Where two of one batch are one record, both show what the second made of it.
        let shared = got.attributes.domains.iter().any(|domain| sent.domains.contains(domain));
        assert!(shared || got.outcome == Some(Outcome::Created), "{sent:?} is {got:?}");
    }
}

/// The `clarify` command, built the way this test was.
fn command() -> PathBuf {
    let cargo = std::env::var_os("CARGO").expect("cargo runs the tests");
    let mut build = Command::new(cargo);
    build.args(["build", "-p", "clarify-cli", "--message-format", "json"]);
    build.arg("--target-dir").arg(target());
    let output = build.stderr(Stdio::inherit()).output().unwrap();
    assert!(output.status.success(), "the command can be built");
    let messages = String::from_utf8(output.stdout).unwrap();
    let built = |line: &str| {
        let message: Value = serde_json::from_str(line).ok()?;
        let is_command = message["target"]["name"] == "clarify";
        is_command.then(|| PathBuf::from(message["executable"].as_str().unwrap_or_default()))
    };
    messages.lines().find_map(built).expect("cargo says where the command is")
}

/// The folder that this test was built in: it lies in `debug/deps` of it.
fn target() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    program.ancestors().nth(3).unwrap().to_owned()
}

/// The service as a process of its own, killed on drop.
struct Process {
    child: Child,
    url: String,
}

impl Process {
    fn start(command: &Path, data: &Path) -> Self {
        let mut child = Command::new(command)
            .args(["serve", "--addr", "127.0.0.1:0", "--workspace", "acme", "--data"])
            .arg(data)
            .env("CLARIFY_API_KEY", "secret")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().rsplit(' ').next().unwrap_or_default().to_owned();
        Self { child, url }
    }

    /// SIGKILL: the process gets no chance to do anything more.
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

type Batches = Arc<Mutex<std::vec::IntoIter<Batch<Company>>>>;

/// Upserts batches until none is left or the service is gone.
async fn upload(
    service: Records<Company>,
    batches: Batches,
    answered: mpsc::UnboundedSender<Vec<Record<Company>>>,
) {
    loop {
        let Some(batch) = batches.lock().unwrap().next() else { return };
        match service.bulk_upsert(&batch).await {
            Ok(saved) => answered.send(saved).unwrap(),
            Err(error) => {
                assert!(error.is_connect() || error.may_have_been_received(), "{error:?}");
                assert!(error.status().is_none(), "{error:?}");
                return;
            }
        }
    }
}

#[tokio::test]
async fn what_was_answered_before_a_kill_is_there_afterwards_and_whole() {
    let Some(universities) = universities() else { return };
    let command = command();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("records.db");
    let mut process = Process::start(&command, &data);
    let batches: Vec<_> = Batch::split(universities).collect();
    let shared: Batches = Arc::new(Mutex::new(batches.clone().into_iter()));
    let (sender, mut receiver) = mpsc::unbounded_channel();
    for _ in 0..4 {
        let service = companies(process.url.clone());
        tokio::spawn(upload(service, Arc::clone(&shared), sender.clone()));
    }
    drop(sender);
    let mut answered = Vec::new();
    while let Some(saved) = receiver.recv().await {
        answered.push(saved);
        if answered.len() == 100 {
            process.kill();
        }
    }
    assert!((100..batches.len()).contains(&answered.len()), "{} batches", answered.len());
    drop(process);

    let process = Process::start(&command, &data);
    let kept = all(&companies(process.url.clone())).await;
    let uses = uses(&batches);
    check_answered(&answered, &uses, &kept);
    check_whole(&batches, &uses, &kept);
}

/// How many universities have each domain.
fn uses(batches: &[Batch<Company>]) -> HashMap<String, usize> {
    let mut uses = HashMap::new();
    for domain in batches.iter().flatten().flat_map(domains) {
        *uses.entry(domain).or_default() += 1;
    }
    uses
}

/// Every record of every answer is there, as it was shown.
fn check_answered(
    answered: &[Vec<Record<Company>>],
    uses: &HashMap<String, usize>,
    kept: &BTreeMap<String, Record<Company>>,
) {
    for record in answered.iter().flatten() {
        let found = kept.get(record.id.as_str());
        let found = found.unwrap_or_else(|| panic!("{record:?} was answered, and is lost"));
        // One that shares a domain may have been changed by a later batch.
        if domains(&record.attributes).all(|domain| uses[&domain] == 1) {
            assert_eq!(found.attributes, record.attributes);
            assert_eq!(found.created_at, record.created_at);
        }
    }
}

/// Of each batch, answered or not, everything is there or nothing.
fn check_whole(
    batches: &[Batch<Company>],
    uses: &HashMap<String, usize>,
    kept: &BTreeMap<String, Record<Company>>,
) {
    let kept: HashSet<_> = kept.values().flat_map(|record| domains(&record.attributes)).collect();
    for batch in batches {
        // One that shares a domain may be there because of another batch.
        let own = batch.iter().filter(|company| domains(company).all(|domain| uses[&domain] == 1));
        let there: HashSet<bool> =
            own.map(|company| domains(company).any(|domain| kept.contains(&domain))).collect();
        assert_eq!(there.len(), 1, "a batch is there in part: {batch:?}");
    }
}

/// What a company is matched on.
fn domains(company: &Company) -> impl Iterator<Item = String> {
    company.domains.iter().map(|domain| domain.to_lowercase())
}
