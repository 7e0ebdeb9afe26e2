// Cause: A built-in object is described otherwise than this workspace has it.
// Cure: Mend each as the message says.
// Good: A workspace's own fields of built-in objects are checked as all others.

use clarify_core::{ClarifyObject, ClarifySelect};

#[derive(ClarifyObject)]
#[clarify(object = "person")]
struct Person {
    name: Option<f64>,
    title: String,
    score: Option<f64>,
    segment: Option<Segment>,
    nickname: Option<String>,
}

#[derive(ClarifySelect)]
enum Segment {
    Gold,
    Bronze,
}

fn main() {}
