//! The peer's side.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use clarify_tests::bench::{Load, Part, Request, company};
use serde_json::{Value, json};

use crate::{BATCH, GETS, RECORDS, Requests, STEP, created, pages};

const RECORDS_PATH: &str = "/api/collections/company/records";
const EMAIL: &str = "bench@example.com";
const PASSWORD: &str = "a-long-secret";

/// Where its program is.
pub fn program() -> Option<PathBuf> {
    let named = std::env::var_os("POCKETBASE").map(PathBuf::from);
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let mut found = std::env::split_paths(&paths).map(|folder| folder.join("pocketbase"));
    named.into_iter().chain(&mut found).find(|path| path.is_file())
}

/// Starts it on a folder, and makes the collection where there is none.
pub fn start(program: &Path, folder: &Path) -> (Part, String) {
    let data = folder.join("pocketbase");
    let is_new = !data.exists();
    if is_new {
        let mut command = Command::new(program);
        command.args(["superuser", "upsert", EMAIL, PASSWORD, "--dir"]).arg(&data);
        assert!(command.output().unwrap().status.success());
    }
    let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let part = Part::run(Command::new(program).args(["serve", "--http", &addr, "--dir"]).arg(data));
    while TcpStream::connect(&addr).is_err() {
        sleep(Duration::from_millis(1));
    }
    if is_new {
        set_up(&addr);
    }
    (part, addr)
}

/// Allows batches, and makes the collection that everybody may read and write.
fn set_up(addr: &str) {
    let ask = |method, path, token: &str, body: Value| {
        let answer = Load::fetch(addr, &[Request::new(method, path, token, &body.to_string())]);
        assert_eq!(answer[0].status, 200, "{}", String::from_utf8_lossy(&answer[0].body));
        serde_json::from_slice::<Value>(&answer[0].body).unwrap()
    };
    let login = json!({ "identity": EMAIL, "password": PASSWORD });
    let path = "/api/collections/_superusers/auth-with-password";
    let login = ask("POST", path, "", login);
    let token = login["token"].as_str().unwrap();
    let batch = json!({ "batch": { "enabled": true, "maxRequests": BATCH, "timeout": 30 } });
    ask("PATCH", "/api/settings", token, batch);
    let field = |name| json!({ "name": name, "type": "text" });
    let mut fields = ["name", "domain", "industry", "description"].map(field).to_vec();
    fields.push(json!({ "name": "employee_count", "type": "number" }));
    let collection = json!({
        "name": "company", "type": "base", "fields": fields,
        "listRule": "", "viewRule": "", "createRule": "",
        "indexes": ["CREATE UNIQUE INDEX company_domain ON company (domain)"],
    });
    ask("POST", "/api/collections", token, collection);
}

pub fn load(_: &str, kind: &str, round: u64) -> Requests {
    let get = |path: String| Request::new("GET", &path, "", "");
    let requests = match kind {
        "batch" => created(kind, round).step_by(STEP).map(batch).collect(),
        "single" => created(kind, round).map(single).collect(),
        "list" => pages().map(|page| get(list(page + 1))).collect(),
        _ => (0..8)
            .flat_map(|part| part * (RECORDS / 8)..part * (RECORDS / 8) + GETS / 8)
            .map(|number| get(format!("{RECORDS_PATH}/{}", id(number))))
            .collect(),
    };
    (requests, 200)
}

fn batch(first: u64) -> Request {
    let create = |number| json!({ "method": "POST", "url": RECORDS_PATH, "body": record(number) });
    let requests: Vec<_> = (first..first + BATCH).map(create).collect();
    let body = json!({ "requests": requests }).to_string();
    Request::new("POST", "/api/batch", "", &body)
}

fn single(number: u64) -> Request {
    Request::new("POST", RECORDS_PATH, "", &record(number).to_string())
}

fn list(page: u64) -> String {
    format!("{RECORDS_PATH}?page={page}&perPage=25")
}

fn id(number: u64) -> String {
    format!("c{number:014}")
}

/// A company as it is kept here: it has one domain.
fn record(number: u64) -> Value {
    let mut record: Value = serde_json::from_str(&company(number, 0)).unwrap();
    let domains = record.as_object_mut().unwrap().remove("domains").unwrap();
    record["domain"] = domains["items"][0].clone();
    record["id"] = id(number).into();
    record
}

pub fn total(addr: &str) -> u64 {
    let page = Load::fetch(addr, &[Request::new("GET", &list(1), "", "")]).remove(0);
    let page: Value = serde_json::from_slice(&page.body).unwrap();
    page["totalItems"].as_u64().unwrap()
}
