// Cause: A link is asked whether it is less.
// Cure: Use `is`.
// Good: It says which fields have the operator, at the call.

include!("../objects.rs");

fn example() {
    let _ = SalesOrder::COMPANY_ID.le(clarify_core::RecordId::new("com_1"));
}

fn main() {}
