//! What a struct costs to compile: `cargo bench -p clarify-tests --bench compile_cost`.
//!
//! 100 and 200 structs of 10 fields, each encoded and decoded once, with `ClarifyObject` and with
//! serde's two derives: `cargo check`, a debug and a release build of that crate alone, net of the same
//! crate without derives. Figures are seconds of processor time. Lower is better. Where there is a
//! nightly toolchain, also how many lines and bytes the derives emit for a struct.
//!
//! Words behind `--` choose figures (`release_100`, `emitted`). `snapshot` is measured only when it is
//! named: the structs beside a snapshot of the workspace's schema, against without.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a benchmark that does not go as it should ends there"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clarify_schema::{
    Field, Kind, Object, SNAPSHOT_FOLDER, SNAPSHOT_INDEX, SnapshotIndex, snapshot_file,
    write_snapshot,
};
use clarify_tests::bench::{compile, compile_time, figure};

/// Which derives the structs have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Derives {
    Ours,
    Serde,
    None,
}

const COUNTS: [usize; 2] = [100, 200];

/// What cargo is told to build the program with, by the figure's name, and how often that is measured.
/// What the program depends on is built once for `debug` and `release`: it is not measured.
const BUILDS: [(&str, &[&str], usize); 3] = [
    ("check", &["check"], 3),
    ("debug", &["build"], 1),
    (
        "release",
        // What the release profile says, for this package alone.
        &[
            "rustc",
            "--",
            "-Copt-level=3",
            "-Cdebuginfo=0",
            "-Cdebug-assertions=off",
            "-Coverflow-checks=off",
        ],
        1,
    ),
];

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let named: Vec<_> = std::env::args().skip(1).filter(|name| !name.starts_with("--")).collect();
    let is_named = |figure: &str| named.iter().any(|name| figure.contains(name));
    for (name, arguments, runs) in BUILDS {
        for count in COUNTS {
            let figure = format!("{name}_{count}");
            if named.is_empty() || is_named(&figure) {
                compare(folder.path(), &figure, count, arguments, runs);
            }
        }
    }
    if is_named("snapshot") {
        snapshot(folder.path());
    }
    if named.is_empty() || is_named("emitted") {
        emitted(folder.path());
    }
}

/// The structs with either derives, net of those without.
fn compare(folder: &Path, name: &str, count: usize, arguments: &[&str], runs: usize) {
    let cost = |derives| Package::write(folder, derives, count).least_time(arguments, runs);
    let bare = cost(Derives::None);
    let (ours, serde) = (cost(Derives::Ours) - bare, cost(Derives::Serde) - bare);
    line(name, ours, serde, "s");
}

/// The structs beside a snapshot of as many objects, against the same without; neither net of anything.
fn snapshot(folder: &Path) {
    for (name, arguments, _) in &BUILDS[..2] {
        let package = Package::write(folder, Derives::Ours, COUNTS[0]);
        let without = package.least_time(arguments, 3);
        package.add_snapshot(COUNTS[0]);
        let with = package.least_time(arguments, 3);
        line(&format!("snapshot_{name}_{}", COUNTS[0]), with, without, "s");
        fs::remove_dir_all(package.folder.join(SNAPSHOT_FOLDER)).unwrap();
    }
}

fn line(name: &str, ours: f64, baseline: f64, unit: &str) {
    figure(format!("compile_{name}"), ours, baseline, unit);
}

/// What the derives emit for a struct, beyond what the user wrote.
fn emitted(folder: &Path) {
    let size = |derives| Package::write(folder, derives, COUNTS[0]).expanded();
    let Some(bare) = size(Derives::None) else {
        println!("# skipped: what is emitted is seen with a nightly toolchain, which is not there");
        return;
    };
    let (Some(ours), Some(serde)) = (size(Derives::Ours), size(Derives::Serde)) else {
        panic!("the structs can't be expanded")
    };
    let each = |size: usize, bare: usize| (size - bare) as f64 / COUNTS[0] as f64;
    line("emitted_lines", each(ours.0, bare.0), each(serde.0, bare.0), "");
    line("emitted_bytes", each(ours.1, bare.1), each(serde.1, bare.1), "");
}

/// A package of one program, whose dependencies are built once for all.
struct Package {
    folder: PathBuf,
    target: PathBuf,
}

impl Package {
    fn write(folder: &Path, derives: Derives, count: usize) -> Self {
        let name = match derives {
            Derives::Ours => "ours",
            Derives::Serde => "serde",
            Derives::None => "bare",
        };
        let package = folder.join(format!("{name}_{count}"));
        fs::create_dir_all(package.join("src")).unwrap();
        fs::write(package.join("Cargo.toml"), manifest(name)).unwrap();
        fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock"), package.join("Cargo.lock"))
            .unwrap();
        fs::write(package.join("src/main.rs"), program(derives, count)).unwrap();
        Self { folder: package, target: folder.join("target") }
    }

    /// A snapshot that the structs agree with.
    fn add_snapshot(&self, count: usize) {
        let folder = self.folder.join(SNAPSHOT_FOLDER);
        fs::create_dir(&folder).unwrap();
        let names: Vec<_> = (0..count).map(|n| format!("c_object{n}")).collect();
        for name in &names {
            let object = Object::named(name.clone(), fields());
            fs::write(folder.join(snapshot_file(name)), write_snapshot(&object)).unwrap();
        }
        fs::write(folder.join(SNAPSHOT_INDEX), SnapshotIndex::new(names, true).write()).unwrap();
    }

    fn cargo(&self) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(&self.folder).env("CARGO_TARGET_DIR", &self.target);
        // What is kept of an earlier build would be measured instead of the build.
        cargo.env_remove("CARGO_PROFILE_BENCH_DEBUG").env("CARGO_INCREMENTAL", "0");
        cargo
    }

    /// The seconds of processor time that the program alone takes, the least of several runs.
    fn least_time(&self, arguments: &[&str], runs: usize) -> f64 {
        let program = self.folder.join("src/main.rs");
        let structs = fs::read(&program).unwrap();
        let time = |_| {
            // What it depends on is built by now, or was never.
            fs::write(&program, "fn main() {}").unwrap();
            compile(self.cargo().args(arguments));
            fs::write(&program, &structs).unwrap();
            compile_time(self.cargo().args(arguments))
        };
        (0..runs).map(time).fold(f64::INFINITY, f64::min)
    }

    /// The lines and bytes of the program with all macros expanded.
    fn expanded(&self) -> Option<(usize, usize)> {
        let mut cargo = self.cargo();
        cargo.env("RUSTUP_TOOLCHAIN", "nightly").args(["rustc", "--", "-Zunpretty=expanded"]);
        let output = cargo.output().ok().filter(|output| output.status.success())?;
        let text = String::from_utf8(output.stdout).unwrap();
        Some((text.lines().count(), text.len()))
    }
}

fn manifest(name: &str) -> String {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../clarify-core");
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         clarify-core = {{ path = {core:?}, default-features = false, features = [\"derive\"] }}\n\
         jiff = {{ version = \"0.2\", default-features = false, features = [\"std\", \"serde\"] }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n\
         serde_json = {{ version = \"1\", features = [\"raw_value\"] }}\n\n[workspace]\n\n\
         [profile.dev.package.\"*\"]\ndebug = false\n"
    )
}

/// The fields of each struct, as a workspace has them.
fn fields() -> Vec<Field> {
    let mut state = Field::new("state", Kind::Select);
    state.options =
        ["Draft", "Submitted", "Fulfilled", "Cancelled"].map(Into::into).to_vec().into();
    vec![
        Field::new("title", Kind::Text),
        Field::new("note", Kind::Text),
        Field::new("amount", Kind::Number),
        Field::new("count", Kind::Number),
        Field::new("done", Kind::Checkbox),
        Field::new("due", Kind::Date),
        state,
        Field::new("tags", Kind::Texts),
        Field::new("emails", Kind::Texts),
        Field::new("owner", Kind::ToOne).target("c_object0"),
    ]
}

fn program(derives: Derives, count: usize) -> String {
    let (object, select, link, imports) = match derives {
        Derives::Ours => (
            "#[derive(ClarifyObject)]",
            "#[derive(ClarifySelect)]",
            "RecordId<Object0>",
            "use clarify_core::request::{Answer, Call, Calls, read};\n\
             use clarify_core::{ClarifyObject, ClarifySelect, Record, RecordId};\n",
        ),
        Derives::Serde => (
            "#[derive(serde::Serialize, serde::Deserialize)]",
            "#[derive(serde::Serialize, serde::Deserialize)]",
            "String",
            "",
        ),
        Derives::None => ("", "", "String", ""),
    };
    let mut text = format!(
        "#![allow(dead_code)]\n{imports}\n{select}\npub enum State {{ Draft, Submitted, Fulfilled, Cancelled }}\n"
    );
    for n in 0..count {
        let (object_name, used) = (format!("Object{n}"), used(derives, n));
        write!(
            text,
            "{object}\npub struct {object_name} {{\n    title: Option<String>,\n    note: Option<String>,\n    \
             amount: Option<f64>,\n    count: Option<i64>,\n    done: Option<bool>,\n    \
             due: Option<jiff::civil::Date>,\n    state: Option<State>,\n    tags: Vec<String>,\n    \
             emails: Vec<String>,\n    owner: Option<{link}>,\n}}\n{used}"
        )
        .unwrap();
    }
    let given = match derives {
        Derives::Ours => {
            "&(Calls::<Object0>::new().get(&RecordId::new(\"1\")).unwrap(), \
             Answer::new(200, r#\"{\"data\":{\"id\":\"1\",\"attributes\":{\"tags\":null}}}\"#))"
        }
        Derives::Serde => "r#\"{\"tags\":[],\"emails\":[]}\"#",
        Derives::None => "()",
    };
    let uses: String = (0..count).map(|n| format!("    total += use_{n}(given);\n")).collect();
    write!(text, "fn main() {{\n    let given = {given};\n    let mut total = 0;\n{uses}    println!(\"{{total}}\");\n}}\n")
        .unwrap();
    text
}

/// Decodes a record of the struct and encodes it again, in a function of its own, as in a program.
fn used(derives: Derives, n: usize) -> String {
    let (given, body) = match derives {
        Derives::Ours => (
            "(call, answer): &(Call, Answer)",
            format!(
                "    let record: Record<Object{n}> = read::record(call, answer).unwrap();\n    \
                 Calls::new().create(&record.attributes).unwrap().body.len()\n"
            ),
        ),
        Derives::Serde => (
            "answer: &str",
            format!(
                "    let record: Object{n} = serde_json::from_str(answer).unwrap();\n    \
                 serde_json::to_string(&record).unwrap().len()\n"
            ),
        ),
        Derives::None => ("_: ()", "    1\n".to_owned()),
    };
    format!("#[inline(never)]\nfn use_{n}({given}) -> usize {{\n{body}}}\n")
}
