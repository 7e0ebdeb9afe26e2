// Cause: A built-in's field is said to be of another kind.
// Cure: Leave the kind out.
// Good: It says which kind the field has.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
#[clarify(object = "deal")]
struct Deal {
    name: String,
    #[clarify(kind = "number")]
    amount: Option<f64>,
}

fn main() {}
