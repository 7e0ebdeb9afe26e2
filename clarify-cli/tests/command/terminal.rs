//! What a person sees on a terminal.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::process::{Child, Command};
use std::time::Duration;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize};
use unicode_width::UnicodeWidthStr as _;

use crate::scene::{KEY, Scene, read};

/// A command on a terminal of its own.
pub(crate) struct Session {
    terminal: File,
    child: Child,
    /// What was shown so far.
    shown: String,
}

impl Session {
    pub(crate) fn begin(scene: &Scene, command: &Command, width: u16) -> Self {
        let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&terminal).unwrap();
        unlockpt(&terminal).unwrap();
        let size = Winsize { ws_row: 40, ws_col: width, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&terminal, size).unwrap();
        let name = ptsname(&terminal, Vec::new()).unwrap().into_string().unwrap();
        let side = OpenOptions::new().read(true).write(true).open(name).unwrap();
        // The session that the terminal controls, so that keys are asked for on it.
        let mut session = Command::new("setsid");
        session.args(["--ctty", "--wait"]).arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => session.env(name, value),
                None => session.env_remove(name),
            };
        }
        session.current_dir(scene.folder.path());
        session.stdin(side.try_clone().unwrap()).stdout(side.try_clone().unwrap()).stderr(side);
        let child = session.spawn().unwrap();
        drop(session);
        Self { terminal: terminal.into(), child, shown: String::new() }
    }

    /// Reads on until this is shown.
    #[track_caller]
    fn expect(&mut self, text: &str) {
        while !self.shown.contains(text) {
            assert!(self.read(), "`{text}` is not shown: {}", self.shown);
        }
    }

    /// [`expect`](Self::expect), and waits until the terminal no longer shows what is typed.
    #[track_caller]
    fn expect_hiding(&mut self, text: &str) {
        self.expect(text);
        while tcgetattr(&self.terminal).unwrap().local_modes.contains(LocalModes::ECHO) {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    fn read(&mut self) -> bool {
        let mut some = [0; 4096];
        // At the end of the other side there is an error.
        let count = self.terminal.read(&mut some).unwrap_or_default();
        self.shown.push_str(&String::from_utf8_lossy(&some[..count]));
        count > 0
    }

    fn type_line(&mut self, line: &str) {
        writeln!(self.terminal, "{line}").unwrap();
    }

    /// What was shown in all, and the exit code.
    pub(crate) fn end(mut self) -> (String, Option<i32>) {
        while self.read() {}
        let code = self.child.wait().unwrap().code();
        assert!(!self.shown.contains(KEY), "{}", self.shown);
        (self.shown.replace("\r\n", "\n"), code)
    }
}

fn shown(scene: &Scene, command: &Command, width: u16) -> String {
    let (shown, code) = Session::begin(scene, command, width).end();
    assert_eq!(code, Some(0), "{shown}");
    shown
}

fn filled() -> Scene {
    let scene = Scene::new();
    let long = format!("description={}", "a long text ".repeat(20));
    for (name, mail) in [("Ana \u{1b}[31mLima", "a@x.ch;b@x.ch"), ("田中 太郎", "t@x.jp")] {
        let (name, mail) = (format!("name={name}"), format!("email_addresses={mail}"));
        scene.create("person", &[&name, &mail, "title=VP of many things", &long]);
    }
    scene
}

#[test]
fn a_table_is_as_wide_as_the_terminal() {
    let scene = filled();
    let list = scene.command(&["records", "list", "person"]);
    for width in [40, 80, 100, 200] {
        let shown = shown(&scene, &list, width);
        let (table, note) =
            shown.split_once("not shown, for want of room: ").unwrap_or((&shown, ""));
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), 3, "{shown}");
        let plain = |line: &str| line.replace("\u{1b}[1m", "").replace("\u{1b}[0m", "");
        for line in &lines {
            assert!(plain(line).width() <= usize::from(width), "{width}: {shown}");
        }
        assert_eq!(note.is_empty(), width >= 100, "{shown}");
        assert!(lines[0].starts_with("\u{1b}[1mid") && lines[1].starts_with("per_"), "{shown}");
        assert!(width < 80 || lines[1].contains("Ana \u{fffd}"), "{shown}");
    }
}

#[test]
fn data_is_no_command_to_the_terminal() {
    let scene = filled();
    let list = scene.command(&["records", "list", "person"]);
    let shown_plain = |command: &mut Command| shown(&scene, command.env("NO_COLOR", "1"), 200);
    let table = shown_plain(&mut scene.command(&["records", "list", "person"]));
    assert!(!table.contains('\u{1b}'), "no colour where that is said: {table}");
    assert!(!shown(&scene, &list, 200).contains("\u{1b}[31m"));
    for form in ["csv", "json", "ndjson"] {
        let list = scene.command(&["records", "list", "person", "--output", form]);
        assert!(!shown(&scene, &list, 200).contains('\u{1b}'), "{form}");
    }
    let export = shown(&scene, &scene.command(&["export", "person"]), 200);
    assert!(export.contains("Ana ?[31mLima") && export.contains("2 records exported"), "{export}");
    let id = table.lines().nth(1).unwrap().split(' ').next().unwrap().to_owned();
    let record = shown_plain(&mut scene.command(&["records", "get", "person", &id]));
    assert!(record.contains("name             Ana \u{fffd}[31mLima\n"), "{record}");
}

#[test]
fn an_export_shows_how_far_it_is_where_that_is_not_among_the_data() {
    let scene = filled();
    let export =
        |more: &[&str]| shown(&scene, &scene.command(&[&["export", "person"], more].concat()), 200);
    assert!(export(&["-o", "p.csv"]).contains("of 2 records"));
    let among = export(&[]);
    assert!(!among.contains("of 2 records") && !among.contains('\u{1b}'), "{among}");
    let mut piped = Command::new("sh");
    piped.args(["-c", &format!("{} export person | head -n 1", env!("CARGO_BIN_EXE_clarify"))]);
    let command = scene.command(&[]);
    piped.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let among = shown(&scene, &piped, 200);
    assert!(among.contains("id,name") && !among.contains("of 2 records"), "{among}");
}

#[test]
fn deleting_is_asked_for() {
    let scene = filled();
    let id = scene.create("task", &["title=Call"]);
    let delete = scene.command(&["records", "delete", "task", &id]);
    for (answer, code) in [("n", 1), ("", 1), ("y", 0)] {
        let mut session = Session::begin(&scene, &delete, 80);
        session.expect("Delete 1 record of `task`? [y/N] ");
        session.type_line(answer);
        let (shown, ended) = session.end();
        assert_eq!(ended, Some(code), "{shown}");
        assert_eq!(shown.contains(&format!("deleted {id}")), code == 0, "{shown}");
    }
}

#[test]
fn login_asks_and_does_not_show_the_key() {
    let scene = Scene::new();
    let mut session = Session::begin(&scene, &scene.bare(&["login"]), 100);
    session.expect("Base URL [https://api.clarify.ai]: ");
    session.type_line(&scene.server.url());
    session.expect("Workspace [acme]: ");
    session.type_line("");
    session.expect_hiding("API key: ");
    session.type_line(KEY);
    let (shown, code) = session.end();
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains("`acme` has 6 objects"), "{shown}");
    assert!(read(&scene.file("config.toml")).contains(KEY));
    let status = scene.bare(&["status"]);
    assert!(self::shown(&scene, &status, 200).contains("so the key is taken"));
}

#[test]
fn an_import_is_agreed_to_and_shows_how_far_it_is() {
    let scene = Scene::new();
    let rows: String = (0..300).map(|n| format!("Company {n},c{n}.ch,x\n")).collect();
    std::fs::write(scene.file("c.csv"), format!("companyName,domains,fax\n{rows}")).unwrap();
    let import = scene.command(&["import", "company", "c.csv"]);
    for (answer, code) in [("n", 1), ("", 0)] {
        let mut session = Session::begin(&scene, &import, 100);
        session.expect("import it so? [Y/n] ");
        session.type_line(answer);
        let (shown, ended) = session.end();
        assert_eq!(ended, Some(code), "{shown}");
        assert!(shown.contains(" companyName  name        Company 0"), "{shown}");
        assert!(shown.contains(" fax          (no field)  x"), "{shown}");
        assert_eq!(shown.contains("300 rows: 300 created"), code == 0, "{shown}");
    }
    assert!(!scene.file("c.csv.clarify-journal").exists());
}

#[test]
fn pushing_a_schema_is_asked_for() {
    let scene = Scene::new();
    let schema = r#"{"$id": "c_a", "properties": {"x": {"type": "string"}}}"#;
    std::fs::write(scene.file("a.json"), schema).unwrap();
    let push = scene.command(&["schema", "push", "--from", "a.json"]);
    for (answer, code) in [("n", 1), ("", 1), ("y", 0)] {
        let mut session = Session::begin(&scene, &push, 80);
        session.expect("+ c_a.x: text");
        session.expect("Take 1 step? [y/N] ");
        session.type_line(answer);
        let (shown, ended) = session.end();
        assert_eq!(ended, Some(code), "{shown}");
        assert_eq!(shown.contains("the workspace has it all"), code == 0, "{shown}");
    }
}
