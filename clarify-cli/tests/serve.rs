//! `clarify serve` as a program: what it prints, and how it ends.
// What a test does not expect ends it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};

fn clarify(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clarify"));
    command.arg("serve").args(["--addr", "127.0.0.1:0"]).args(arguments);
    command.env_remove("CLARIFY_API_KEY").env_remove("RUST_LOG");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Starts the service and gives the lines it prints before it serves.
fn start(command: &mut Command, lines: usize) -> (Child, Vec<String>) {
    let mut child = command.spawn().unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let lines = out.lines().take(lines).map(Result::unwrap).collect();
    (child, lines)
}

fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
}

fn request(url: &str, path: &str, key: &str) -> String {
    send(url, "GET", path, key, "")
}

fn send(url: &str, method: &str, path: &str, key: &str, body: &str) -> String {
    let (addr, base) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(addr).unwrap();
    let head = format!(
        "{method} /{base}{path} HTTP/1.1\r\nHost: h\r\nAuthorization: api-key {key}\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn refused(arguments: &[&str]) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = clarify(arguments).output().unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

#[test]
fn it_says_where_it_listens_and_the_key_it_made() {
    let (mut child, lines) = start(&mut clarify(&["--workspace", "acme"]), 2);
    let url = lines[0].strip_prefix("listening on ").unwrap();
    assert!(url.starts_with("http://127.0.0.1:") && url.ends_with("/v1/workspaces/acme"), "{url}");
    let key = lines[1].strip_prefix("api key: ").unwrap();
    assert!(request(url, "/objects/person/resources", key).starts_with("HTTP/1.1 200"));
    assert!(request(url, "/objects/person/resources", "x").starts_with("HTTP/1.1 401"));
    signal(&child, "-TERM");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn it_serves_several_workspaces() {
    let workspaces = ["acme", "beta=hidden-one", "beta=hidden-two", "gamma"];
    let arguments: Vec<_> = workspaces.iter().flat_map(|w| ["--workspace", w]).collect();
    let (mut child, lines) = start(&mut clarify(&arguments), 5);
    let url = |line: usize| lines[line].strip_prefix("listening on ").unwrap();
    let key = |line: usize| lines[line].strip_prefix("api key: ").unwrap();
    let (acme, beta, gamma) = (url(0), url(2), url(3));
    assert!(acme.ends_with("/acme") && beta.ends_with("/beta") && gamma.ends_with("/gamma"));
    let asked = |url: &str, key: &str| request(url, "/objects/person/resources", key);
    for (url, good) in [(acme, key(1)), (beta, "hidden-one"), (beta, "hidden-two"), (gamma, key(4))]
    {
        assert!(asked(url, good).starts_with("HTTP/1.1 200"), "{url}");
    }
    assert!(asked(acme, "hidden-one").starts_with("HTTP/1.1 404"));
    assert!(asked(beta, key(1)).starts_with("HTTP/1.1 404"));
    assert!(asked(beta, "hidden-three").starts_with("HTTP/1.1 401"));
    signal(&child, "-TERM");
    child.wait().unwrap();
}

#[test]
fn one_key_may_be_for_several_workspaces() {
    let mut command = clarify(&["--workspace", "acme", "--workspace", "beta"]);
    let (mut child, lines) = start(command.env("CLARIFY_API_KEY", "given"), 2);
    for line in &lines {
        let url = line.strip_prefix("listening on ").unwrap();
        assert!(request(url, "/objects/person/resources", "given").starts_with("HTTP/1.1 200"));
    }
    signal(&child, "-TERM");
    child.wait().unwrap();
}

#[test]
fn it_speaks_the_contract_that_is_asked_for() {
    for (arguments, expected) in [
        (&[][..], r#""links":{},"#),
        (&["--contract", "documented"], r#""links":{},"#),
        (&["--contract", "live"], r#""links":{"next":null,"prev":null},"#),
    ] {
        let (mut child, lines) = start(clarify(arguments).env("CLARIFY_API_KEY", "given"), 1);
        let url = lines[0].strip_prefix("listening on ").unwrap();
        let answer = request(url, "/objects/person/resources", "given");
        assert!(answer.contains(expected), "{arguments:?}: {answer}");
        signal(&child, "-TERM");
        child.wait().unwrap();
    }
    let (code, text) = refused(&["--contract", "hosted"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("documented, live"), "{text}");
}

#[test]
fn a_key_that_is_given_is_not_printed() {
    for signal_name in ["-INT", "-TERM"] {
        let mut command = clarify(&[]);
        command.env("CLARIFY_API_KEY", "given-secret");
        let (mut child, lines) = start(&mut command, 1);
        let url = lines[0].strip_prefix("listening on ").unwrap();
        assert!(request(url, "/objects/deal/resources", "given-secret").contains("200 OK"));
        signal(&child, signal_name);
        let mut rest = String::new();
        child.stderr.take().unwrap().read_to_string(&mut rest).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0));
        assert!(!rest.contains("secret"), "{rest}");
    }
}

#[test]
fn what_was_answered_survives_a_kill() {
    let path = std::env::temp_dir().join(format!("clarify-kill-{}.db", std::process::id()));
    let file = path.to_str().unwrap();
    for round in 0..3 {
        let (mut child, lines) = start(&mut clarify(&["--api-key", "k", "--data", file]), 1);
        let url = lines[0].strip_prefix("listening on ").unwrap();
        let list = request(url, "/objects/deal/resources", "k");
        assert!(list.contains(&format!("\"total_records\":{},", round * 20)), "{list}");
        for number in 0..20 {
            let name = format!("{round}.{number}");
            let body = format!(r#"{{"data":{{"type":"deal","attributes":{{"name":"{name}"}}}}}}"#);
            let answer = send(url, "POST", "/objects/deal/records", "k", &body);
            assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
        }
        let (code, error) = refused(&["--data", file]);
        assert!(code == Some(1) && error.contains("another service has it open"), "{error}");
        child.kill().unwrap();
        child.wait().unwrap();
    }
    for end in ["", "-wal", "-shm", "-lock"] {
        let _ = std::fs::remove_file(format!("{file}{end}"));
    }
}

#[test]
fn schemas_are_served() {
    let path = std::env::temp_dir().join(format!("clarify-schema-{}.json", std::process::id()));
    let schema = r#"[{"$id": "c_ticket", "properties": {"number": {"type": "number"}}}]"#;
    std::fs::write(&path, schema).unwrap();
    let file = path.to_str().unwrap();
    let (mut child, lines) = start(&mut clarify(&["--api-key", "k", "--schema", file]), 1);
    let url = lines[0].strip_prefix("listening on ").unwrap();
    assert!(request(url, "/objects/c_ticket/resources", "k").starts_with("HTTP/1.1 200"));
    signal(&child, "-TERM");
    child.wait().unwrap();
    std::fs::write(&path, r#"{"$id": "ticket"}"#).unwrap();
    let (code, error) = refused(&["--schema", file]);
    assert_eq!(code, Some(1));
    assert!(error.contains(file) && error.contains("begins with `c_`"), "{error}");
    std::fs::remove_file(&path).unwrap();
}

#[test]
fn errors_are_one_line() {
    for arguments in [
        &["--schema", "/nowhere.json"][..],
        &["--data", "/nowhere/records.db"],
        &["--workspace", "a/b"],
        &["--workspace", "acme", "--workspace", "beta=two words"],
        &["--workspace", "acme="],
        &["--api-key", "two words"],
        &["--public-url", "ftp://x"],
        &["--max-connections", "0"],
        &["--head-timeout", "0"],
        &["--fault", "status=teapot"],
    ] {
        let (code, error) = refused(arguments);
        assert_eq!(code, Some(1), "{error}");
        assert!(error.starts_with("error: ") && error.trim_end().lines().count() == 1, "{error}");
        assert!(!error.contains("two words"), "{error}");
    }
    let (code, _) = refused(&["--data", "x", "--memory"]);
    assert_eq!(code, Some(2));
}

/// What a service says on the standard error while it is asked for two lists.
fn log(command: &mut Command) -> String {
    let (mut child, lines) = start(command.args(["--api-key", "hidden-key"]), 1);
    let url = lines[0].strip_prefix("listening on ").unwrap();
    let asked = |path: &str| request(url, path, "hidden-key");
    assert!(asked("/objects/deal/resources?filter[name]=hidden-name").contains("200 OK"));
    assert!(asked("/objects/hidden-object/resources").contains("404 Not Found"));
    signal(&child, "-TERM");
    let mut rest = String::new();
    child.stderr.take().unwrap().read_to_string(&mut rest).unwrap();
    child.wait().unwrap();
    assert!(!rest.contains("hidden"), "{rest}");
    rest
}

#[test]
fn requests_are_logged_where_that_is_asked_for() {
    assert_eq!(log(&mut clarify(&[])), "");
    assert_eq!(log(clarify(&["--log"]).env("RUST_LOG", "off")), "");
    for text in [
        log(&mut clarify(&["--log"])),
        log(&mut clarify(&["--verbose"])),
        log(clarify(&[]).env("RUST_LOG", "clarify_server::access=info")),
    ] {
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 2, "{text}");
        for expected in [
            " INFO clarify_server::access:",
            "http.request.method=\"GET\"",
            "http.route=\"/v1/workspaces/{workspace}/objects/{object}/resources\"",
            "http.response.status_code=200",
            "http.server.request.duration=0.",
            "clarify.request_id=\"",
            "clarify.workspace=\"local\"",
            "clarify.object=\"deal\"",
        ] {
            assert!(lines[0].contains(expected), "{expected}: {text}");
        }
        assert!(lines[1].contains("http.response.status_code=404"), "{text}");
        assert!(!lines[1].contains("clarify.object"), "{text}");
    }
    let output = clarify(&[]).env("RUST_LOG", "a=b=c").output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.starts_with("error: RUST_LOG") && error.contains("\nhint: "), "{error}");
}

#[test]
fn requests_fail_where_that_is_asked_for() {
    let rules = ["--fault", "status=503,nth=1", "--fault", "cut=before,nth=2,route=GET /resources"];
    let (mut child, lines) = start(clarify(&rules).args(["--api-key", "k"]), 1);
    let url = lines[0].strip_prefix("listening on ").unwrap();
    let list = || request(url, "/objects/deal/resources", "k");
    assert!(list().starts_with("HTTP/1.1 503"));
    assert_eq!(list(), "");
    assert!(list().starts_with("HTTP/1.1 200"));
    signal(&child, "-TERM");
    child.wait().unwrap();
}

#[test]
fn a_process_that_may_open_few_files_serves_on() {
    let mut command = Command::new("sh");
    let serve = format!(
        "ulimit -n 64 && exec {} serve --addr 127.0.0.1:0 --api-key k",
        env!("CARGO_BIN_EXE_clarify")
    );
    command.args(["-c", &serve]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let (mut child, lines) = start(&mut command, 1);
    let url = lines[0].strip_prefix("listening on ").unwrap();
    let addr = url.strip_prefix("http://").unwrap().split_once('/').unwrap().0;
    let silent: Vec<_> = (0..200).map(|_| TcpStream::connect(addr).unwrap()).collect();
    for _ in 0..20 {
        assert!(request(url, "/objects/deal/resources", "k").starts_with("HTTP/1.1 200"));
    }
    drop(silent);
    signal(&child, "-TERM");
    child.wait().unwrap();
}
