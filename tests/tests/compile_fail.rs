//! What does not compile, and what the compiler says: a folder of `ui/` for each rule that is
//! broken. And what has to compile, whatever else a module holds.

#[test]
fn what_breaks_a_rule_does_not_compile_and_the_message_says_why() {
    let cases = trybuild::TestCases::new();
    // With a case that passes the others are built as well, and not only checked: that a batch is
    // too long is found when the code is made.
    cases.pass("pass/*.rs");
    cases.compile_fail("ui/*/*.rs");
}
