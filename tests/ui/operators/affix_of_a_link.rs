// Cause: A link is asked what it ends with.
// Cure: Use `is`.
// Good: It says which fields have the operator, at the call.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::COMPANY_ID.ends_with(clarify_core::RecordId::new("com_1"));
}

fn main() {}
