//! What the client adds to a build: `cargo bench -p clarify-tests --bench build`.
//!
//! The clean debug build of a program that reads a record with the client, against one that does so
//! with reqwest, with the same way to TLS, and serde. The time that one waits for it, and the `processor`
//! time of cargo and all compilers. Lower is better. Each is built twice, in turns, and its lesser times
//! count: what else the machine does can only add to them. Nothing is built incrementally, as what comes
//! from a registry never is: here the client is found by its path, and would be.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a benchmark that does not go as it should ends there"
)]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use clarify_tests::bench::{compile_time, figure};

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../clarify-core");
    let ours = format!("clarify-core = {{ path = {core:?} }}\n");
    let by_hand = "reqwest = { version = \"0.13\", default-features = false, features = [\"rustls\"] }\n\
                   serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n";
    let (mut time, mut baseline) = (Took::ENDLESS, Took::ENDLESS);
    for _ in 0..2 {
        baseline = baseline.min(build(folder.path(), "by_hand", by_hand, BY_HAND));
        time = time.min(build(folder.path(), "ours", &ours, OURS));
    }
    figure("build_clean", time.seconds, baseline.seconds, "s");
    figure("build_clean_processor", time.processor, baseline.processor, "s");
}

/// What a build took.
#[derive(Clone, Copy)]
struct Took {
    seconds: f64,
    processor: f64,
}

impl Took {
    const ENDLESS: Self = Self { seconds: f64::INFINITY, processor: f64::INFINITY };

    fn min(self, other: Self) -> Self {
        let seconds = self.seconds.min(other.seconds);
        Self { seconds, processor: self.processor.min(other.processor) }
    }
}

/// Builds a program for the first time.
fn build(folder: &Path, name: &str, dependencies: &str, program: &str) -> Took {
    let package = folder.join(name);
    fs::create_dir_all(package.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         {dependencies}tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n[workspace]\n"
    );
    fs::write(package.join("Cargo.toml"), manifest).unwrap();
    let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");
    fs::copy(lock, package.join("Cargo.lock")).unwrap();
    fs::write(package.join("src/main.rs"), program).unwrap();
    let target = package.join("target");
    let mut cargo = Command::new("cargo");
    cargo.arg("build").current_dir(&package);
    cargo.env("CARGO_TARGET_DIR", &target).env("CARGO_INCREMENTAL", "0");
    let began = Instant::now();
    let processor = compile_time(&mut cargo);
    let took = Took { seconds: began.elapsed().as_secs_f64(), processor };
    fs::remove_dir_all(target).unwrap();
    took
}

const OURS: &str = r#"
use clarify_core::{ClarifyObject, Client, RecordId};

#[derive(Debug, ClarifyObject)]
#[clarify(object = "company")]
struct Company {
    name: Option<String>,
    #[clarify(unique)]
    domains: Vec<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), clarify_core::Error> {
    let companies = Client::from_env()?.records::<Company>();
    println!("{:?}", companies.get(&RecordId::new("com_1")).await?.attributes);
    Ok(())
}
"#;

const BY_HAND: &str = r#"
#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Company {
    name: Option<String>,
    domains: Option<Items>,
}

#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Items {
    items: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Answer {
    data: Resource,
}

#[derive(serde::Deserialize)]
struct Resource {
    attributes: Company,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::var("CLARIFY_BASE_URL")? + "/objects/company/records/com_1";
    let key = format!("api-key {}", std::env::var("CLARIFY_API_KEY")?);
    let request = reqwest::Client::new().get(url).header("authorization", key);
    let body = request.send().await?.error_for_status()?.bytes().await?;
    println!("{:?}", serde_json::from_slice::<Answer>(&body)?.data.attributes);
    Ok(())
}
"#;
