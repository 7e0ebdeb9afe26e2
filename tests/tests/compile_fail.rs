//! What does not compile, and what the compiler says: a folder of `ui/` for each rule that is
//! broken. And what has to compile, whatever else a module holds.

#[test]
fn what_breaks_a_rule_does_not_compile_and_the_message_says_why() {
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}

#[test]
fn what_keeps_the_rules_compiles() {
    trybuild::TestCases::new().pass("pass/*.rs");
}
