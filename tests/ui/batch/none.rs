// Cause: A batch is made of nothing.
// Cure: Send nothing.
// Good: It says how many a batch holds, at the array.

use clarify_core::Batch;

fn main() {
    let _ = Batch::<u8>::of([]);
}
