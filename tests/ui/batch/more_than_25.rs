// Cause: A batch is made of 26 items.
// Cure: Divide them: `Batch::split`.
// Good: It says how many a batch holds, at the array.

use clarify_core::Batch;

fn main() {
    let _ = Batch::of([0; 26]);
}
