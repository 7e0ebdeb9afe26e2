// Cause: A select has four mistakes.
// Cure: Mend them all: they are all shown.
// Good: One compile shows every mistake, each at its place.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
enum Status {
    Draft,
    #[clarify(renam = "x")]
    New,
    Lost(u8),
    #[clarify(rename = "Draft")]
    Again,
    #[clarify(other)]
    Other,
}

fn main() {}
