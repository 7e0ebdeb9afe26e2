//! The objects of a workspace.

use crate::scene::{CONTRACTS, Scene, json};

#[test]
fn objects_are_listed_with_their_unique_fields() {
    for contract in CONTRACTS {
        let scene = Scene::of(contract);
        let objects = json(&scene.run(&["objects"]).done());
        let names: Vec<_> = objects.as_array().unwrap().iter().map(|o| &o["name"]).collect();
        assert_eq!(names, ["person", "company", "deal", "meeting", "task", "c_sales_order"]);
        assert_eq!(objects[0]["plural"], "People");
        assert_eq!(objects[5]["unique_field"], "order_number");
        assert!(objects[3]["unique_field"].is_null());
    }
}

#[test]
fn fields_are_listed_with_their_rules() {
    let scene = Scene::new();
    let fields = json(&scene.run(&["objects", "c_sales_order"]).done());
    let number = fields.as_array().unwrap().iter().find(|f| f["name"] == "order_number").unwrap();
    assert_eq!([&number["unique"], &number["required"], &number["read_only"]], [true, true, false]);
    assert_eq!(number["kind"], "text");
    let fields = scene.run(&["objects", "task", "--output", "csv"]).done();
    assert!(fields.starts_with("name,kind,rules,links to,options,title\n"), "{fields}");
    assert!(fields.contains("\nstatus,select,,,To Do;In Progress;Done;Canceled,"), "{fields}");
    assert!(fields.contains("\ncompany_id,to_one,,company,,"), "{fields}");
    let table = scene.run(&["objects", "task", "--output", "table"]).done();
    assert!(table.contains("To Do, In Progress, Done, Canceled"), "{table}");
}

#[test]
fn the_one_that_was_meant_is_named() {
    let scene = Scene::new();
    let error = scene.run(&["objects", "c_salesorder"]).failed(1);
    assert!(
        error.contains("no object `c_salesorder`") && error.contains("`c_sales_order`"),
        "{error}"
    );
}
