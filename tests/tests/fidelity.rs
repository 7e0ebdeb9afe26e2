//! The page on fidelity is made of the list of cases, so that it says what is shown.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that does not go as it should ends there"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use clarify_tests::cases::{CASES, Case, Source, Verdict};
use clarify_tests::conformance::RISKY;
use clarify_tests::fidelity::{ADDITIONS, ENDPOINTS, MISSING, RULES, Rule, Shown};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/fidelity.md");

const HEAD: &str = "\
# How close the service is to the API

Every endpoint and every rule of the two contracts that the service speaks, what it makes of them,
and the test that shows it. The API has two contracts: what its Records page says (`--contract
documented`), and what the hosted service does (`--contract live`). A verdict holds under both: where
they say different things the rule says both, and its case is shown on a service of either kind.

| verdict | the service |
| --- | --- |
| same | does what the rule says |
| different | does otherwise on purpose, or more; the reason stands with it |
| no effect | accepts it, and nothing comes of it |
| not there | has no such thing |

| source | where the rule stands |
| --- | --- |
| page | the API's Records page |
| both | where the page and the hosted service differ |
| live | the hosted service's OpenAPI document and its public notes, where the page is silent |
| decided | nowhere: what this project decided, in [decisions.md](decisions.md) |

The page is made from the list in [`tests/src/cases/mod.rs`](../tests/src/cases/mod.rs) and what
stands beside it in [`tests/src/fidelity`](../tests/src/fidelity); `UPDATE_DOCS=1 cargo test -p
clarify-tests --test fidelity` writes it anew. The tests show the cases on this project's service
alone: what is said of the hosted one is as good as its documents are. Whoever has a key can show the
same list there, or on any other service, and leave nothing behind:

```sh
CLARIFY_API_KEY=… cargo run -p clarify-tests --bin conformance -- \\
  --base-url https://api.clarify.ai --workspace acme --dry-run
```

`--dry-run` says what would be shown and made, and `--help` the rest. Cases of what only this service
does are left out there, and so are those that would harm the workspace if what they try were not
refused.
";

/// A row of the page.
struct Row {
    topic: &'static str,
    source: Source,
    rule: &'static str,
    verdict: Verdict,
    shown: Shown,
}

impl Row {
    fn of_case(case: &Case) -> Self {
        let Case { topic, source, rule, verdict, .. } = *case;
        // The list lives as long as the program, and so may the names made from it.
        Self { topic, source, rule, verdict, shown: Shown::Case(case.path().leak()) }
    }

    fn of_rule(rule: &Rule) -> Self {
        let Rule { topic, source, rule, verdict, shown } = *rule;
        Self { topic, source, rule, verdict, shown }
    }
}

/// Every row, those of one topic one after the other.
fn rows() -> Vec<Row> {
    let all = CASES.iter().map(Row::of_case).chain(RULES.iter().map(Row::of_rule));
    let mut rows: Vec<_> = all.collect();
    let topics = topics();
    rows.sort_by_key(|row| topics.iter().position(|topic| *topic == row.topic));
    rows
}

fn topics() -> Vec<&'static str> {
    let mut topics = Vec::new();
    let all = CASES.iter().map(|case| case.topic).chain(RULES.iter().map(|rule| rule.topic));
    for topic in all {
        if !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    topics
}

const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "same",
        Verdict::Differs(_) => "different",
        Verdict::NoEffect(_) => "no effect",
        Verdict::NotThere(_) => "not there",
    }
}

const fn reason(verdict: Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::Same => None,
        Verdict::Differs(why) | Verdict::NoEffect(why) | Verdict::NotThere(why) => Some(why),
    }
}

/// Words that stand in a table as they are.
fn plain(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;").replace('*', "\\*").replace('_', "\\_")
}

fn link(shown: Shown) -> String {
    match shown {
        Shown::Case(path) => {
            let (topic, name) = path.split_once("::").unwrap();
            format!("[{}](../tests/src/cases/{topic}.rs)", name.replace('_', " "))
        }
        Shown::Test(file, name) => format!("[{}](../{file})", name.replace('_', " ")),
        Shown::Nowhere => "**nothing**".to_owned(),
    }
}

/// The first line of a topic's file, which says what it is about.
fn about(topic: &str) -> String {
    let path = format!("{ROOT}/tests/src/cases/{topic}.rs");
    let source = fs::read_to_string(path).unwrap_or_default();
    let line = source.lines().next().and_then(|line| line.strip_prefix("//! "));
    line.unwrap_or("What the client makes of it.").to_owned()
}

/// `bulk_create` as `Bulk create`.
fn title(topic: &str) -> String {
    let text = topic.replace('_', " ");
    let (first, rest) = text.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

fn count(rows: &[Row]) -> String {
    let of = |name| rows.iter().filter(|row| word(row.verdict) == name).count();
    let nothing = rows.iter().filter(|row| matches!(row.shown, Shown::Nowhere)).count();
    format!(
        "Of {} rules {} are the same, {} different, {} without effect and {} not there; {nothing} \
         are not shown by anything. {} endpoints are there, {} paths of the hosted service are not.\n",
        rows.len(),
        of("same"),
        of("different"),
        of("no effect"),
        of("not there"),
        ENDPOINTS.len(),
        MISSING.len(),
    )
}

fn push_exceptions(page: &mut String, rows: &[Row]) {
    page.push_str("\n## What is not the same\n\n");
    page.push_str(
        "| rule | source | verdict | why | shown by |\n| --- | --- | --- | --- | --- |\n",
    );
    for Row { source, rule, verdict, shown, .. } in rows {
        let Some(why) = reason(*verdict) else { continue };
        let (rule, source, word) = (plain(rule), source.name(), word(*verdict));
        writeln!(page, "| {rule} | {source} | {word} | {why} | {} |", link(*shown)).unwrap();
    }
}

fn push_endpoints(page: &mut String) {
    page.push_str(
        "\n## Endpoints\n\nBelow `/v1/workspaces/{workspace}`, under both contracts.\n\n",
    );
    page.push_str("| endpoint | what it does | verdict | shown by |\n| --- | --- | --- | --- |\n");
    for endpoint in ENDPOINTS {
        let case = link(Shown::Case(endpoint.case));
        let (verb, path, does) = (endpoint.verb, endpoint.path, endpoint.does);
        writeln!(page, "| `{verb} {path}` | {does} | same | {case} |").unwrap();
    }
    let case = link(Shown::Case("endpoints::an_endpoint_that_is_not_there_is_404"));
    write!(page, "\nNot there, which is 404 ({case}):\n\n| what | endpoints |\n| --- | --- |\n")
        .unwrap();
    for group in MISSING.chunk_by(|one, other| one.what == other.what) {
        let paths: Vec<_> =
            group.iter().map(|missing| format!("`{}{}`", missing.verbs, missing.path)).collect();
        writeln!(page, "| {} | {} |", group[0].what, paths.join("<br>")).unwrap();
    }
}

fn push_additions(page: &mut String) {
    page.push_str(
        "\nWhat the service adds, outside of any workspace and for anyone without a key:\n\n",
    );
    page.push_str("| endpoint | what it shows | shown by |\n| --- | --- | --- |\n");
    for addition in ADDITIONS {
        let (path, shows, shown) = (addition.path, addition.shows, link(addition.shown));
        writeln!(page, "| `GET {path}` | {shows} | {shown} |").unwrap();
    }
}

fn push_topic(page: &mut String, rows: &[Row]) {
    let topic = rows[0].topic;
    write!(page, "\n### {}\n\n{}\n\n", title(topic), about(topic)).unwrap();
    page.push_str("| rule | source | verdict | shown by |\n| --- | --- | --- | --- |\n");
    for Row { source, rule, verdict, shown, .. } in rows {
        let (rule, source, word) = (plain(rule), source.name(), word(*verdict));
        writeln!(page, "| {rule} | {source} | {word} | {} |", link(*shown)).unwrap();
    }
}

fn page() -> String {
    let rows = rows();
    let mut page = format!("{HEAD}\n{}", count(&rows));
    push_exceptions(&mut page, &rows);
    push_endpoints(&mut page);
    push_additions(&mut page);
    page.push_str("\n## Rules\n");
    rows.chunk_by(|one, other| one.topic == other.topic)
        .for_each(|topic| push_topic(&mut page, topic));
    page
}

#[test]
fn the_page_says_what_the_cases_show() {
    let page = page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(PAGE, &page).unwrap();
    }
    let committed = fs::read_to_string(PAGE).unwrap_or_default();
    assert!(page == committed, "docs/fidelity.md is not what the cases say: set UPDATE_DOCS=1");
}

#[test]
fn what_is_said_to_show_a_rule_is_there() {
    let rules = RULES.iter().map(|rule| (rule.rule, rule.shown));
    let additions = ADDITIONS.iter().map(|addition| (addition.path, addition.shown));
    for (what, shown) in rules.chain(additions) {
        let is_there = match shown {
            Shown::Case(path) => CASES.iter().any(|case| case.path() == path),
            Shown::Test(file, name) => {
                let source = fs::read_to_string(Path::new(ROOT).join(file)).unwrap_or_default();
                source.contains(&format!("fn {name}("))
            }
            Shown::Nowhere => true,
        };
        assert!(is_there, "{what}: {shown:?}");
    }
    let named = ENDPOINTS.iter().map(|endpoint| endpoint.case).chain(RISKY.iter().copied());
    for path in named {
        assert!(CASES.iter().any(|case| case.path() == path), "{path}");
    }
}

#[test]
fn no_rule_is_without_its_words() {
    for row in rows() {
        assert!(!row.rule.trim().is_empty() && row.rule != "?", "{}", row.topic);
        assert!(reason(row.verdict).is_none_or(|why| !why.is_empty()), "{}", row.rule);
    }
}
