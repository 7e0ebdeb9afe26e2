//! What it costs to compile a package.

use std::fs;
use std::process::{Command, Stdio};

/// Runs cargo, and gives the seconds of processor time that it and the compiler took.
pub fn compile_time(cargo: &mut Command) -> f64 {
    let before = children_time();
    compile(cargo);
    children_time() - before
}

/// Runs cargo.
pub fn compile(cargo: &mut Command) {
    let output = cargo.stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The processor time of all processes that this one has waited for, in seconds.
fn children_time() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let (_, fields) = stat.rsplit_once(')').unwrap();
    let ticks = |n| -> f64 { fields.split_whitespace().nth(n).unwrap().parse().unwrap() };
    // `cutime` and `cstime`, in hundredths of a second.
    (ticks(13) + ticks(14)) / 100.0
}
