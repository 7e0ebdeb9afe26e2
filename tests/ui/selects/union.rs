// Cause: A union derives a select.
// Cure: Use an enum.
// Good: It says what the derive is for.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
union Status {
    a: u8,
}

fn main() {}
