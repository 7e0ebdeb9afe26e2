//! What a snapshot changes in files that people have worked on.

mod layout;
mod names;
mod random;
mod replaced;
mod views;

use std::io::Write as _;
use std::process::{Command, Stdio};

use clarify_schema::{Field, Kind, Object, Text};

use super::note::Note;
use super::source::Source;
use super::update::{Request, update};

fn select(name: &'static str, options: &[&'static str]) -> Field {
    let options: Vec<Text> = options.iter().map(|option| (*option).into()).collect();
    let mut field = Field::new(name, Kind::Select);
    field.options = options.into();
    field
}

fn ticket(fields: Vec<Field>) -> Vec<Object> {
    vec![Object::named("c_ticket", fields)]
}

fn done(text: &str, objects: &[Object], prune: bool) -> (String, Vec<String>) {
    let source = Source::parse(text).unwrap();
    let (text, notes) = update(&source, &Request { objects, is_whole: true, prune }).unwrap();
    Source::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    (text, notes.iter().map(Note::to_string).collect())
}

/// Where there is a rustfmt, it has nothing to do.
#[track_caller]
fn is_formatted(text: &str) {
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--edition", "2024", "--check"]).current_dir(std::env::temp_dir());
    rustfmt.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = match rustfmt.spawn() {
        Ok(child) => child,
        Err(error) => return eprintln!("skipped: there is no rustfmt here: {error}"),
    };
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && told.is_empty(), "{told}\n{text}");
}

/// A file as people leave it.
const KEPT: &str = "\
//! Ours.
use clarify_core::{ClarifyObject, ClarifySelect};

// A comment of somebody's.
/// Somebody's words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, ClarifyObject)]
#[clarify(object = \"c_ticket\")]
pub(crate) struct Issue {
    /// It is `number` there.
    #[clarify(unique, rename = \"number\")]
    pub(crate) no: String, // never changes
    // Not what is generated.
    state: Option<State>,
    #[clarify(skip)]
    seen: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, ClarifySelect)]
enum State {
    #[clarify(rename = \"In Progress\")]
    Doing,
    Open,
    #[clarify(other)]
    Else(String),
}

impl Issue {
    fn is_open(&self) -> bool { self.state == Some(State::Open) }
}

#[cfg(test)]
mod tests {}
";

fn kept() -> Vec<Field> {
    vec![
        Field::new("number", Kind::Text).required().unique(),
        select("state", &["Open", "In Progress"]),
    ]
}

#[test]
fn what_people_wrote_stays_to_the_byte() {
    let (text, notes) = done(KEPT, &ticket(kept()), true);
    assert_eq!(text, KEPT);
    assert!(notes.is_empty(), "{notes:?}");
    let windows = KEPT.replace('\n', "\r\n");
    assert_eq!(done(&windows, &ticket(kept()), true).0, windows);
}

#[test]
fn new_fields_and_options_come_behind_those_that_they_follow_and_skipped_ones_do_not() {
    let mut fields = kept();
    fields.insert(0, Field::new("Title", Kind::Text));
    fields.insert(2, Field::new("seen", Kind::Checkbox));
    fields[3] = select("state", &["New", "Open", "Else", "In Progress", "Closed"]);
    fields.push(Field::new("due", Kind::Date).required());
    let (text, notes) = done(KEPT, &ticket(fields.clone()), false);
    let expected = KEPT
        .replace("use clarify_core::{", "use clarify_core::jiff::civil::Date;\nuse clarify_core::{")
        .replace(
            "struct Issue {\n",
            "struct Issue {\n    /// Title.\n    #[clarify(rename = \"Title\")]\n    pub title: Option<String>,\n",
        )
        .replace(
            "state: Option<State>,\n",
            "state: Option<State>,\n    /// Due.\n    pub due: Date,\n",
        )
        .replace("enum State {\n", "enum State {\n    /// The option `New`.\n    New,\n")
        .replace(
            "    Doing,\n",
            "    Doing,\n    /// The option `Closed`.\n    Closed,\n",
        )
        .replace(
            "    Open,\n",
            "    Open,\n    /// The option `Else`.\n    #[clarify(rename = \"Else\")]\n    Else2,\n",
        );
    assert_eq!(text, expected);
    assert_eq!(notes.len(), 5, "{notes:?}");
    assert_eq!(done(&text, &ticket(fields), true).0, text, "and then nothing is new");
}

#[test]
fn types_follow_kinds_and_no_other_change() {
    let before = "\
#[derive(clarify_core::ClarifyObject)]
struct Ticket {
    a: Option<f64>,
    b: Option<f64>,
    #[clarify(kind = \"currency\")]
    #[allow(unused)]
    c: u32,
    d: Mine,
    e: Vec<String>,
    f: String,
    /// G.
    g: String,
    h: Option<bool>,
}
";
    let objects = ticket(vec![
        Field::new("a", Kind::Currency),
        Field::new("b", Kind::Text),
        Field::new("c", Kind::DateTime),
        Field::new("d", Kind::Select),
        Field::new("e", Kind::Select),
        Field::new("f", Kind::LongText).required().read_only(),
        Field::new("g", Kind::Text).unique(),
        Field::new("h", Kind::Checkbox).required(),
    ]);
    let (text, notes) = done(before, &objects, false);
    let expected = "\
use clarify_core::ClarifySelect;
use clarify_core::jiff::Timestamp;

#[derive(clarify_core::ClarifyObject)]
struct Ticket {
    a: Option<f64>,
    b: Option<String>,
    #[allow(unused)]
    c: Option<Timestamp>,
    d: Mine,
    e: Option<TicketE>,
    #[clarify(read_only)]
    f: String,
    /// G.
    #[clarify(unique)]
    g: Option<String>,
    h: bool,
}

/// What can be `e` of [`Ticket`].
#[derive(Debug, Clone, PartialEq, ClarifySelect)]
pub enum TicketE {
    /// An option that was not known when this was written.
    #[clarify(other)]
    Other(String),
}
";
    assert_eq!(text, expected, "{notes:?}");
    assert_eq!(done(&text, &objects, false).0, text);
}

#[test]
fn what_is_gone_is_told_and_taken_away_if_asked() {
    let (text, notes) = done(KEPT, &ticket(vec![select("state", &["Open"])]), false);
    assert_eq!(text, KEPT);
    let stays = "(it stays; `--prune` takes it away)";
    assert_eq!(
        notes,
        [format!("gone     Issue.no {stays}"), format!("gone     State::Doing {stays}")]
    );
    let (text, notes) = done(KEPT, &ticket(vec![select("state", &["Open"])]), true);
    let expected = KEPT
        .replace("    #[clarify(rename = \"In Progress\")]\n    Doing,\n", "")
        .replace("    /// It is `number` there.\n    #[clarify(unique, rename = \"number\")]\n    pub(crate) no: String, // never changes\n", "");
    assert_eq!(text, expected);
    assert_eq!(notes, ["removed  Issue.no", "removed  State::Doing"]);
    let (text, notes) = done(KEPT, &[], true);
    assert_eq!(text, KEPT);
    assert!(notes[0].starts_with("gone     Issue (it stays"), "{notes:?}");
}

#[test]
fn new_objects_stand_before_the_tests_and_links_know_their_names() {
    let mut objects = ticket(kept());
    objects.push(Object::named(
        "c_note",
        vec![
            Field::new("ticket_id", Kind::ToOne).target("c_ticket"),
            Field::new("file_id", Kind::ToOne).target("c_file"),
        ],
    ));
    let (text, notes) = done(KEPT, &objects, false);
    assert_eq!(notes, ["added    Note"]);
    assert!(text.contains("pub ticket_id: Option<RecordId<Issue>>,"), "{text}");
    assert!(text.contains("pub file_id: Option<RecordId<File>>,"), "{text}");
    assert!(text.contains("impl LinkTarget for File {"), "{text}");
    assert!(text.ends_with("}\n\n#[cfg(test)]\nmod tests {}\n"), "{text}");
    assert_eq!(done(&text, &objects, false).0, text);

    objects.push(Object::named("c_file", vec![Field::new("name", Kind::Text)]));
    let (text, notes) = done(&text, &objects, false);
    assert_eq!(notes, ["replaced File (an enum stood for it, and is a struct now)"]);
    assert!(!text.contains("LinkTarget for File") && text.contains("pub struct File {"), "{text}");
    assert_eq!(done(&text, &objects, false).0, text);
}

#[test]
fn odd_layouts_stay_rust() {
    let before = "#[derive(ClarifyObject)] pub struct Ticket { pub a: Option<String>, pub b: Option<String> }\n";
    let fields = |names: &[&'static str]| names.iter().map(|n| Field::new(n, Kind::Text)).collect();
    let objects = ticket(fields(&["x", "a", "y", "b", "z"]));
    let (text, _) = done(before, &objects, false);
    assert_eq!(done(&text, &objects, false).0, text, "{text}");
    let (text, _) = done(before, &ticket(fields(&["b"])), true);
    assert!(!text.contains("pub a"), "{text}");
    let (text, _) = done("#[derive(ClarifyObject)]\nstruct Ticket {}\n", &objects, false);
    assert!(text.contains("    pub z: Option<String>,\n}\n"), "{text}");
    let (text, _) = done("", &objects, false);
    assert!(text.contains("pub struct Ticket {"), "{text}");
}
