//! Two schemas side by side.

use clarify_schema::{Field, Kind};

use super::{order_with, register};
use crate::scene::{Scene, json};

#[test]
fn two_snapshots_and_the_workspace_are_compared() {
    let scene = Scene::new();
    scene.run(&["schema", "pull", "--dir", "a"]).done();
    register(&scene, &order_with(vec![Field::new("note", Kind::LongText)]));
    scene.run(&["schema", "pull", "--dir", "b"]).done();
    let diff = |a: &str, b: &str| scene.run(&["schema", "diff", a, b]);
    assert_eq!(diff("a", "a").done(), "no differences\n");
    assert_eq!(diff("b", "workspace").done(), "no differences\n");
    let there = diff("a", "workspace");
    assert!(
        there.out.contains("  harmless        note: a field that is not known here\n"),
        "{there:?}"
    );
    assert_eq!((there.code, &*there.error), (Some(5), ""));
    let back = diff("workspace", "a");
    assert!(back.out.contains("  breaks writing  note: there is no such field\n"), "{back:?}");
    let files = scene.run(&[
        "schema",
        "diff",
        "a/c_sales_order.json",
        "b/c_sales_order.json",
        "--output",
        "json",
    ]);
    assert_eq!(json(&files.out)["differences"][0]["change"], "new_field");
    assert_eq!(files.code, Some(5));
}

#[test]
fn what_people_alone_see_is_a_difference_too() {
    let scene = Scene::new();
    let schema = |title: &str| {
        format!(
            r#"{{"$id": "c_a", "properties": {{"x": {{"type": "string", "title": "{title}"}}}}}}"#
        )
    };
    std::fs::write(scene.file("a.json"), schema("One")).unwrap();
    std::fs::write(scene.file("b.json"), schema("Two")).unwrap();
    let end = crate::scene::end(&mut scene.bare(&["schema", "diff", "a.json", "b.json"]));
    assert!(end.out.contains("x: it is called `Two`, not `One`"), "{end:?}");
    assert_eq!(end.code, Some(5));
    let error = scene.run(&["schema", "diff", "a.json", "c.json"]).failed(1);
    assert!(error.contains("`c.json`"), "{error}");
}
