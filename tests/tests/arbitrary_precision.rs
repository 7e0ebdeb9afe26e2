//! The client in a program that turns on `arbitrary_precision` of serde_json.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder that this test was built in: it lies in `debug/deps` of it.
fn target() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    Some(program.ancestors().nth(3)?.join("arbitrary-precision"))
}

#[test]
fn numbers_selects_and_collections_are_the_same_where_serde_json_keeps_numbers_as_text() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("arbitrary-precision");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let tests = Command::new(cargo)
        .arg("test")
        .arg("--manifest-path")
        .arg(package.join("Cargo.toml"))
        .arg("--target-dir")
        .args(target())
        .status();
    assert!(tests.is_ok_and(|status| status.success()), "its tests pass");
}
