//! What it costs to compile a package.

use std::process::Command;

use super::figure::children_time;

/// Runs cargo, and gives the seconds of processor time that it and the compiler took.
pub fn compile_time(cargo: &mut Command) -> f64 {
    let before = children_time();
    compile(cargo);
    children_time() - before
}

/// Runs cargo.
pub fn compile(cargo: &mut Command) {
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
