// Cause: The extra field is a map of texts.
// Cure: Use a map of JSON values.
// Good: It says which maps there are, on the type.

use clarify_core::ClarifyObject;

#[derive(ClarifyObject)]
struct SalesOrder {
    #[clarify(extra)]
    more: std::collections::BTreeMap<String, String>,
}

fn main() {}
