// Cause: A struct has six mistakes.
// Cure: Mend them all: they are all shown.
// Good: One compile shows every mistake, each at its place.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct Person {
    id: String,
    #[clarify(uniqe)]
    number: String,
    #[clarify(kind = "money")]
    total: f64,
    #[clarify(rename = "total")]
    sum: f64,
    marks: Option<Vec<String>>,
}

fn main() {}
