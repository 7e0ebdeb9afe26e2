//! Figures: one a line, ours beside the baseline.

use std::fmt::Display;
use std::fs;

/// Prints `name ours=… baseline=… ratio=…`, the ratio being ours over the baseline.
pub fn figure(name: impl Display, ours: f64, baseline: f64, unit: &str) {
    print(name, ours, baseline, ours / baseline, unit);
}

/// The same of rounds, each ours and the baseline: of either, and of the ratios, the median. What
/// slows a round down, slows both of its sides.
pub fn rounds(name: impl Display, rounds: &[(f64, f64)], unit: &str) {
    let middle = |of: fn(&(f64, f64)) -> f64| median(rounds.iter().map(of).collect());
    print(name, middle(|round| round.0), middle(|round| round.1), middle(|(a, b)| a / b), unit);
}

fn print(name: impl Display, ours: f64, baseline: f64, ratio: f64, unit: &str) {
    println!(
        "{name} ours={}{unit} baseline={}{unit} ratio={ratio:.3}",
        round(ours),
        round(baseline)
    );
}

/// Four digits that count, and no more.
fn round(value: f64) -> String {
    let places = (3.0 - value.abs().max(1e-9).log10().floor()).clamp(0.0, 9.0);
    format!("{value:.*}", places as usize)
}

/// The value in the middle; of an even number, the upper one of the two.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The processor time that this process has taken so far, in seconds. Of threads that have ended, too.
#[cfg(unix)]
pub fn own_processor_time() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    std::time::Duration::try_from(time).unwrap().as_secs_f64()
}

/// The processor time that another process has taken so far, in seconds: of `/proc/…/stat`, in
/// hundredths.
pub fn processor_time(process: u32) -> f64 {
    // `utime` and `stime`.
    seconds(process, [11, 12])
}

/// The same of all processes that this one has waited for.
pub(super) fn children_time() -> f64 {
    // `cutime` and `cstime`.
    seconds("self", [13, 14])
}

/// What two fields of `/proc/…/stat` come to, by their places behind the program's name.
fn seconds(process: impl Display, places: [usize; 2]) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let (_, fields) = stat.rsplit_once(')').unwrap();
    let ticks = |n| -> f64 { fields.split_whitespace().nth(n).unwrap().parse().unwrap() };
    places.map(ticks).iter().sum::<f64>() / 100.0
}

/// The most memory that a process has had, in KiB. `process` is a number or `self`.
pub fn peak_memory(process: impl Display) -> f64 {
    status(process, "VmHWM:")
}

/// The memory that a process has, in KiB. `process` is a number or `self`.
pub fn memory(process: impl Display) -> f64 {
    status(process, "VmRSS:")
}

fn status(process: impl Display, name: &str) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
