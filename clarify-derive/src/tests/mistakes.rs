//! Every mistake is reported at once, and the impls are there all the same.

use syn::{DeriveInput, parse_quote};

use super::object;

#[test]
fn mistakes_do_not_hide_one_another() {
    let item: DeriveInput = parse_quote! {
        struct Person {
            #[clarify(uniqe)]
            a: String,
            #[clarify(rename = "a")]
            b: String,
            id: String,
            c: Option<Vec<String>>,
        }
    };
    let code = object(&item).to_string();
    let mistakes = [
        "built-in object",
        "did you mean `unique`",
        "both `a`",
        "keeps this name",
        "needs no `Option`",
    ];
    for mistake in mistakes {
        assert!(code.contains(mistake), "{mistake}: {code}");
    }
    assert!(code.contains("impl __c :: ClarifyObject for Person"), "the impls are still there");
}
