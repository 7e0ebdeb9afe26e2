//! What the benchmarks share: how a figure is printed, and the processes that a benchmark is made of.

pub mod codec;
mod figure;
mod part;

pub use figure::{figure, median, peak_memory, processor_time};
pub use part::{Part, role};
