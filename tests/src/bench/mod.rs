//! What the benchmarks share: how a figure is printed, the processes that a benchmark is made of, what
//! they write, and how it is sent.

mod answer;
pub mod codec;
mod company;
mod compiler;
mod disk;
mod figure;
mod load;
mod part;
mod service;

pub use answer::Answer;
pub use company::{KEY, WORKSPACE, company, resource};
pub use compiler::{compile, compile_time};
pub use disk::sync_time;
#[cfg(unix)]
pub use figure::own_processor_time;
pub use figure::{figure, median, memory, peak_memory, processor_time, rounds};
pub use load::{Load, Request, Sent};
pub use part::{Part, ROLE, role};
pub use service::{Service, addr, builder, fill, id, serve};
