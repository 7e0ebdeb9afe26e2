//! Every case of the list on both contracts, each on a service of its own, and all of them in one
//! workspace.

use clarify_server::Contract;
use clarify_tests::{World, cases};

macro_rules! tests {
    ($($topic:ident {
        $($source:ident $rule:literal => $name:ident $(, $verdict:ident $why:literal)?;)*
    })*) => {$(
        mod $topic {
            $(
                #[doc = $rule]
                mod $name {
                    use clarify_tests::cases::$topic::$name as show;
                    use clarify_tests::World;
                    use clarify_server::Contract;

                    #[tokio::test]
                    async fn documented() {
                        show(&World::speaking(Contract::Documented)).await;
                    }

                    #[tokio::test]
                    async fn live() {
                        show(&World::speaking(Contract::Live)).await;
                    }
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
fn is_shown(case: &'static cases::Case, world: &World) -> bool {
    let world = World::at(world.base(), "acme", "secret").under(world.contract());
    let show = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map(|runtime| runtime.block_on((case.run)(&world)))
    };
    std::thread::spawn(show).join().is_ok_and(|shown| shown.is_ok())
}

fn in_the_way(contract: Contract) -> Vec<&'static str> {
    let world = World::speaking(contract);
    cases::CASES.iter().filter(|case| !is_shown(case, &world)).map(|case| case.name).collect()
}

#[test]
fn no_case_needs_a_workspace_of_its_own() {
    assert_eq!(in_the_way(Contract::Documented), [""; 0]);
    assert_eq!(in_the_way(Contract::Live), [""; 0]);
}
