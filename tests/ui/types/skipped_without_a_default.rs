// Cause: A skipped field has a type without a default.
// Cure: Give the type a `Default`.
// Good: It says why a default is needed, on the type.

use clarify_core::ClarifyObject;

struct Handle;

#[derive(ClarifyObject)]
struct SalesOrder {
    number: String,
    #[clarify(skip)]
    handle: Handle,
}

fn main() {}
