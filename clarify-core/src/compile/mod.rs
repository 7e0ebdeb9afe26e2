//! What is done while a program is compiled: the derive's code calls it in constants of its own, and
//! what it has to say becomes an error of the compiler.

mod agree;
mod compare;
mod kind;
mod table;
mod text;

pub use table::{tell_table, told_length};
