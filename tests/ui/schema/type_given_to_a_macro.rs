// Cause: A macro is given a type that does not agree with the workspace.
// Cure: Give it another.
// Good: The message is at the type, where the macro is called.

use clarify_core::ClarifyObject;

macro_rules! order {
    ($($field:ident: $type:ty,)*) => {
        #[derive(ClarifyObject)]
        struct Order {
            #[clarify(unique)]
            number: String,
            $($field: $type,)*
        }
    };
}

order! {
    amount: Option<bool>,
}

fn main() {}
