// Cause: All variants are to be renamed by a rule, as in serde.
// Cure: `rename` on those whose option is another than the derive makes of their name.
// Good: It says where `rename` goes.

use clarify_core::ClarifySelect;

#[derive(ClarifySelect)]
#[clarify(rename_all = "snake_case")]
enum Status {
    Draft,
}

fn main() {}
