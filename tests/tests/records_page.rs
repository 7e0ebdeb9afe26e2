//! Every case of the list, each on a service of its own, and all of them in one workspace.

use clarify_tests::{World, cases};

macro_rules! tests {
    ($($topic:ident { $($source:ident $rule:literal => $name:ident;)* })*) => {$(
        mod $topic {
            $(
                #[doc = $rule]
                #[tokio::test]
                async fn $name() {
                    super::cases::$topic::$name(&super::World::start()).await;
                }
            )*
        }
    )*};
}

clarify_tests::cases!(tests);

#[test]
fn no_case_stands_in_the_list_twice() {
    let mut names: Vec<_> = cases::CASES.iter().map(|case| (case.topic, case.name)).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

/// Shows a case in a workspace where others were before, and says whether it could be shown.
fn is_shown(case: &'static cases::Case, base: &str) -> bool {
    let world = World::at(base, "acme", "secret");
    let show = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map(|runtime| runtime.block_on((case.run)(&world)))
    };
    std::thread::spawn(show).join().is_ok_and(|shown| shown.is_ok())
}

#[test]
fn no_case_needs_a_workspace_of_its_own() {
    let world = World::start();
    let in_the_way: Vec<_> =
        cases::CASES.iter().filter(|case| !is_shown(case, world.base())).map(|c| c.name).collect();
    assert!(in_the_way.is_empty(), "{in_the_way:?}");
}
