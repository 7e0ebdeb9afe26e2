//! A benchmark's program, started again as one of its parts, so that each is measured by itself.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

/// The variable that tells a process which part it is.
pub const ROLE: &str = "CLARIFY_BENCH_ROLE";

/// The part that this process is, with its arguments; none for the one that was started first.
pub fn role() -> Option<(String, Vec<String>)> {
    let role = std::env::var(ROLE).ok()?;
    let mut words = role.split(' ').map(str::to_owned);
    Some((words.next()?, words.collect()))
}

/// A running part, which is killed when it is dropped.
pub struct Part {
    process: Child,
    output: BufReader<ChildStdout>,
}

impl Part {
    /// Starts this program as the part that `role` names, in words with one space between.
    pub fn start(role: &str) -> Self {
        Self::run(Command::new(std::env::current_exe().unwrap()).env(ROLE, role))
    }

    /// Starts another program as a part.
    pub fn run(command: &mut Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        Self { process, output }
    }

    /// The next line that the part prints, without its end.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// The numbers in the next line.
    pub fn figures(&mut self) -> Vec<f64> {
        let line = self.line();
        line.split(' ').map(|figure| figure.parse().expect(&line)).collect()
    }

    /// The number of the process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
