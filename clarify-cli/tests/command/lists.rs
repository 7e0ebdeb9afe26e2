//! Which records a list has.

use crate::scene::{CONTRACTS, Scene, json};

/// The names of the deals that a list gives.
fn names(scene: &Scene, more: &[&str]) -> Vec<String> {
    let out = scene.run(&[&["records", "list", "deal"], more].concat()).done();
    let name = |deal: &serde_json::Value| deal["attributes"]["name"].as_str().unwrap().to_owned();
    json(&out).as_array().unwrap().iter().map(name).collect()
}

#[test]
fn lists_are_filtered_sorted_and_cut() {
    for contract in CONTRACTS {
        let scene = Scene::of(contract);
        for (name, amount) in [("Alpha", "10"), ("Beta", "30"), ("Gamma", "20"), ("Delta", "")] {
            let amount = format!("amount={amount}");
            let amount: &[&str] = if amount.ends_with('=') { &[] } else { &[&amount] };
            scene.create("deal", &[&[&*format!("name={name}")], amount].concat());
        }
        assert_eq!(names(&scene, &["--filter", "amount=>=20"]), ["Beta", "Gamma"]);
        assert_eq!(names(&scene, &["--filter", "name=*ta"]), ["Beta", "Delta"]);
        let range = ["--filter", "amount[Greater than]=10", "--filter", "amount[Less than]=30"];
        assert_eq!(names(&scene, &range), ["Gamma"]);
        assert_eq!(names(&scene, &["--filter", "amount[is empty]"]), ["Delta"]);
        let sorted = names(&scene, &["--sort", "-amount", "--limit", "2", "--offset", "1"]);
        assert_eq!(sorted, ["Gamma", "Alpha"]);
        let ended = scene.run(&["records", "list", "deal", "--limit", "3"]);
        assert_eq!(ended.error, "3 of 4 records; `--all` lists all of them\n");
        for more in [["--filter", "nam=x"], ["--sort", "-nam"], ["--filter", "company_id.nam=x"]] {
            let error = scene.run(&[&["records", "list", "deal"], &more[..]].concat()).failed(2);
            assert!(error.contains("no field `nam`\nhint: there is `name`"), "{error}");
        }
    }
}

#[test]
fn a_comma_is_one_of_several_for_selects_alone() {
    let scene = Scene::new();
    for (name, stage) in [("A,B", "Lead"), ("A", "Won"), ("B", "Lost")] {
        scene.create("deal", &[&format!("name={name}"), &format!("stage={stage}")]);
    }
    assert_eq!(names(&scene, &["--filter", "stage=Won,Lost"]), ["A", "B"]);
    assert_eq!(names(&scene, &["--filter", "name=A,B"]), ["A,B"]);
    for command in [&["records", "list"][..], &["export"]] {
        let ended = scene.run(&[command, &["deal", "--filter", "name=A,C"]].concat());
        assert!(
            ended.error.contains("`A,C` is one value of `name`, with a comma in it"),
            "{ended:?}"
        );
        ended.done();
    }
}

#[test]
fn whole_items_of_collections_are_found() {
    for contract in CONTRACTS {
        let scene = Scene::of(contract);
        for (name, domains) in [("ETH", "ethz.ch;inf.ethz.ch"), ("EPFL", "epfl.ch")] {
            scene.create("company", &[&format!("name={name}"), &format!("domains={domains}")]);
        }
        let found = |filter: &str| {
            let list = ["records", "list", "company", "--filter", filter, "--output", "csv"];
            let ended = scene.run(&[&list[..], &["--fields", "name"]].concat());
            let names = |out: &str| {
                out.lines().skip(1).map(|l| l.split(',').nth(1).unwrap().to_owned()).collect()
            };
            let names: Vec<String> = names(&ended.out);
            (names.join(" "), ended.error)
        };
        for (filter, expected) in [
            ("domains=ethz.ch", "ETH"),
            ("domains=*ethz.ch*", "ETH"),
            ("domains==ETHZ.ch", "ETH"),
            ("domains=!=ethz.ch", "EPFL"),
            ("domains=!null", "ETH EPFL"),
            ("domains=null", ""),
        ] {
            assert_eq!(found(filter), (expected.to_owned(), String::new()), "{filter}");
        }
        let (names, told) = found("domains=*ethz*");
        assert!(names.is_empty() && told.contains("compared as a whole"), "{told}");
        let refused = |filter| scene.run(&["records", "list", "company", "--filter", filter]);
        let error = refused("domains=*.ch").failed(2);
        assert!(error.contains("hint: `domains=x` finds the item `x`"), "{error}");
        let error = refused("domains[Is]=ethz.ch").failed(1);
        assert!(error.contains("`--filter domains[Is]`: ") && error.contains("write `domains=x`"));
    }
}

#[test]
fn what_a_filter_does_not_take_says_how_it_is_written() {
    let scene = Scene::new();
    for (filter, expected) in [
        ("amount=500,5", "a fraction as `500.5`"),
        ("close_date=01.03.1998", "a date as `2026-01-31`"),
        ("amount[Contains]=5", "`amount=>=5`"),
        ("company_id.name[One of]=x", "`company_id.name=*x*`"),
    ] {
        let error = scene.run(&["records", "list", "deal", "--filter", filter]).failed(1);
        assert!(error.contains("`--filter ") && error.contains("hint: write `"), "{error}");
        assert!(error.contains(expected), "{error}");
    }
}
