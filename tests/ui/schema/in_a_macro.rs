// Cause: A struct of a macro does not agree with the workspace.
// Cure: Mend what the macro is given.
// Good: The messages are at what the macro was given.

use clarify_core::ClarifyObject;

macro_rules! order {
    ($($field:ident: $type:ty,)*) => {
        #[derive(ClarifyObject)]
        struct Order {
            #[clarify(unique)]
            number: String,
            $($field: Option<$type>,)*
        }
    };
}

order! {
    tittle: String,
    amount: bool,
}

fn main() {}
