//! What is brought to a workspace.

use std::fs;

use clarify_schema::{
    BUILT_INS, COMPANY, Field, Kind, Object, SNAPSHOT_INDEX, SnapshotIndex, snapshot_file,
    write_snapshot,
};
use clarify_server::{Contract, Server, ServerBuilder};
use serde_json::{Value, json};

use super::{order_with, register, select};
use crate::scene::{CONTRACTS, KEY, Scene, read};

/// A service without any object of its own.
fn empty(set: impl FnOnce(ServerBuilder) -> ServerBuilder) -> Scene {
    let server = set(Server::builder().workspace("acme").api_key(KEY)).start().unwrap();
    Scene { server, folder: tempfile::tempdir().unwrap() }
}

/// Writes a snapshot of these objects and of the built-in ones, as a pull would.
fn write(scene: &Scene, folder: &str, objects: &[Object]) {
    let folder = scene.file(folder);
    fs::create_dir_all(&folder).unwrap();
    let is_said = |name: &str| objects.iter().any(|object| object.name == name);
    let built_ins = BUILT_INS.into_iter().filter(|object| !is_said(&object.name));
    let all: Vec<_> = objects.iter().chain(built_ins).collect();
    for object in &all {
        fs::write(folder.join(snapshot_file(&object.name)), write_snapshot(object)).unwrap();
    }
    let index = SnapshotIndex::new(all.iter().map(|object| object.name.to_string()), true);
    fs::write(folder.join(SNAPSHOT_INDEX), index.write()).unwrap();
}

fn link(name: &'static str, target: &'static str, inverse: &'static str) -> Field {
    Field::new(name, Kind::ToOne).target(target).inverse(inverse)
}

fn links(name: &'static str, target: &'static str, inverse: &'static str) -> Field {
    Field::new(name, Kind::ToMany).target(target).inverse(inverse)
}

fn with(mut field: Field, change: impl FnOnce(&mut Field)) -> Field {
    change(&mut field);
    field
}

/// Objects with every kind of field, that link to each other in circles.
fn all_there_is() -> Vec<Object> {
    let mut company = COMPANY.clone();
    let added = [
        with(Field::new("code", Kind::Text), |field| field.title = Some("Code".into())),
        links("orders", "c_order", "company_id"),
    ];
    company.fields.to_mut().extend(added);
    let order = vec![
        link("company_id", "company", "orders").required(),
        Field::new("number", Kind::Text).required().unique(),
        Field::new("first_line_id", Kind::ToOne).target("c_line"),
        select("state", &["To Do", "It's 100%", "Größe"]).required(),
        with(select("marks", &["b", "a"]), |field| field.kind = Kind::MultiSelect),
        links("lines", "c_line", "order_id"),
        links("tags", "c_tag", "orders").many_to_many(),
        link("replaces_id", "c_order", "replaced"),
        links("replaced", "c_order", "replaces_id"),
        Field::new("owner_id", Kind::ToOne).target("user"),
        with(Field::new("secret", Kind::Text).hidden(), |field| {
            field.description = Some("Not for all.".into());
        }),
    ];
    let mut order = Object::named("c_order", order).labels("Bestellung", "Bestellungen");
    order.description = Some("What was sold.".into());
    let line = vec![link("order_id", "c_order", "lines"), Field::new("sum", Kind::Currency)];
    let tag = vec![links("orders", "c_order", "tags").many_to_many()];
    let kinds = Kind::ALL.into_iter().filter(|kind| !matches!(kind, Kind::ToOne | Kind::ToMany));
    let kinds = kinds.map(|kind| Field::named(format!("a_{}", kind.name()).into(), kind));
    vec![
        company,
        order,
        Object::named("c_line", line).labels("Line", "Lines"),
        Object::named("c_tag", tag).labels("Tag", "Tags"),
        Object::named("c_kinds", kinds.collect()).labels("Kinds", "Kinds"),
    ]
}

#[test]
fn what_is_pushed_comes_back_as_it_was() {
    for contract in CONTRACTS {
        let scene = empty(|builder| builder.contract(contract));
        let objects = all_there_is();
        write(&scene, "ours", &objects);
        let out = scene.run(&["schema", "push", "--from", "ours", "--yes"]).done();
        assert!(out.ends_with("the workspace has it all\n"), "{out}");
        scene.run(&["schema", "pull", "--dir", "theirs"]).done();
        let names = objects.iter().map(|object| snapshot_file(&object.name));
        for file in names.chain([SNAPSHOT_INDEX.to_owned(), "deal.json".to_owned()]) {
            let text = |folder: &str| read(&scene.file(folder).join(&file));
            assert_eq!(text("theirs"), text("ours"), "{file}");
        }
        let again = scene.run(&["schema", "push", "--from", "ours", "--yes"]).done();
        assert!(again.ends_with("nothing to do\n"), "{again}");
        assert_eq!(scene.run(&["schema", "diff", "ours", "workspace"]).done(), "no differences\n");
    }
}

#[test]
fn without_a_yes_nothing_is_done_where_nobody_can_be_asked() {
    let scene = empty(|builder| builder);
    write(&scene, "ours", &[Object::named("c_a", vec![Field::new("x", Kind::Text)])]);
    for arguments in [&[][..], &["--dry-run"]] {
        let push = scene.run(&[&["schema", "push", "--from", "ours"], arguments].concat());
        assert_eq!(push.out, "+ c_a: a new object, `A` and `As`\n+ c_a.x: text\n1 step\n");
        let error = push.failed(5);
        assert!(error.contains("none is taken") && error.contains("`--yes`"), "{error}");
    }
    scene.run(&["objects", "c_a"]).failed(1);
}

#[test]
fn what_is_there_stays_unless_it_may_go() {
    for contract in CONTRACTS {
        let scene = Scene::of(contract);
        register(&scene, &order_with(vec![select("state", &["Open", "Lost"])]));
        scene.create("c_sales_order", &["order_number=1", "state=Lost", "total=3"]);
        let total = Field::new("total", Kind::Date);
        let ours = order_with(vec![
            select("state", &["Open", "Won"]),
            total,
            Field::new("note", Kind::Text),
        ]);
        fs::write(scene.file("ours.json"), write_snapshot(&ours)).unwrap();
        let push = |arguments: &[&str]| {
            scene.run(&[&["schema", "push", "--from", "ours.json", "--yes"], arguments].concat())
        };
        let end = push(&[]);
        let expected = "\
+ c_sales_order.note: text
+ c_sales_order.state: the option `Won`
! c_sales_order.state: there is also the option `Lost` (breaks reading)
! c_sales_order.total: it is of the kind `number`, not `date` (breaks reading)
3 fields of the workspace are not known here, and stay
2 steps
done: + c_sales_order.note: text
done: + c_sales_order.state: the option `Won`
every step is taken
";
        assert_eq!(end.out, expected);
        assert!(end.failed(5).contains("2 differences that break are left"));
        let end = push(&["--remove-options", "--remove-fields"]);
        assert!(
            end.out.contains("done: - c_sales_order.state: the option `Lost`, also in records\n"),
            "{end:?}"
        );
        assert!(
            end.out.contains("done: - c_sales_order.paid: the field, with its values\n"),
            "{end:?}"
        );
        assert!(end.failed(5).contains("1 difference that breaks is left"), "the kind is another");
        let fields = scene.run(&["objects", "c_sales_order", "--output", "csv"]).done();
        assert!(
            fields.contains("\nstate,select,,,Open;Won,") && !fields.contains("\npaid,"),
            "{fields}"
        );
        let order = scene.run(&["records", "list", "c_sales_order"]).done();
        assert!(!order.contains("Lost") && order.contains("\"total\":3"), "{order}");
    }
}

#[test]
fn fields_become_required_where_that_is_asked_for_and_can_be() {
    let scene = Scene::new();
    let ours = order_with(vec![Field::new("total", Kind::Number).required()]);
    fs::write(scene.file("ours.json"), write_snapshot(&ours)).unwrap();
    let push = |arguments: &[&str]| {
        scene.run(&[&["schema", "push", "--from", "ours.json", "--yes"], arguments].concat())
    };
    let end = push(&[]);
    assert!(end.out.contains("! c_sales_order.total: a record may have no value"), "{end:?}");
    assert!(end.failed(5).contains("`--require`"));
    let id = scene.create("c_sales_order", &["order_number=1"]);
    let end = push(&["--require"]);
    assert!(end.out.contains("not done: ~ c_sales_order.total: required\n"), "{end:?}");
    let error = end.failed(1);
    assert!(error.contains("422") && error.contains(&id), "{error}");
    assert!(error.contains("nothing is done; give those records a value"), "{error}");
    scene.run(&["records", "update", "c_sales_order", &id, "total=1"]).done();
    push(&["--require"]).done();
    push(&["--require"]).done();
}

#[test]
fn what_is_bound_to_fail_comes_before_what_goes() {
    for contract in CONTRACTS {
        let scene = Scene::of(contract);
        register(&scene, &order_with(vec![select("state", &["Open", "Lost"])]));
        let id = scene.create("c_sales_order", &["order_number=1", "state=Lost", "paid=true"]);
        let fields = vec![select("state", &["Open"]), Field::new("note", Kind::Text).required()];
        fs::write(scene.file("ours.json"), write_snapshot(&order_with(fields))).unwrap();
        let allowed = ["--require", "--remove-options", "--remove-fields"];
        let push = || {
            let arguments = ["schema", "push", "--from", "ours.json", "--yes"];
            scene.run(&[&arguments[..], &allowed].concat())
        };
        let end = push();
        assert!(end.out.contains("not done: ~ c_sales_order.note: required\n"), "{end:?}");
        let error = end.failed(1);
        assert!(error.contains("1 of 4 steps is done; give those records a value"), "{error}");
        let order = scene.run(&["records", "get", "c_sales_order", &id]).done();
        assert!(order.contains("Lost") && order.contains("\"paid\""), "{order}");
        // Single updates of custom objects are refused by the live service.
        scene.run(&["records", "delete", "c_sales_order", &id, "--yes"]).done();
        push().done();
        let fields = scene.run(&["objects", "c_sales_order", "--output", "csv"]).done();
        assert!(!fields.contains("\npaid,") && !fields.contains("Lost"), "{fields}");
    }
}

#[test]
fn the_other_sides_that_a_push_makes_are_no_news() {
    let scene = empty(|builder| builder);
    let order = vec![
        link("company_id", "company", "orders"),
        links("people", "person", "orders").many_to_many(),
    ];
    write(&scene, "ours", &[Object::named("c_order", order)]);
    for arguments in [&["--dry-run"][..], &["--yes"], &["--yes"]] {
        let push = ["schema", "push", "--from", "ours", "--output", "json"];
        let end = scene.run(&[&push[..], arguments].concat());
        let document: Value = serde_json::from_str(&end.out).unwrap();
        assert_eq!(document["left"], json!([]), "{end:?}");
    }
}

#[test]
fn what_can_not_be_made_is_told_with_its_reason() {
    let scene = empty(|builder| builder);
    fs::write(scene.file("ours.json"), write_snapshot(&Object::named("c_a__b", vec![]))).unwrap();
    let end = scene.run(&["schema", "push", "--from", "ours.json", "--yes"]);
    let why = "! c_a__b: the workspace has no such object, and the API makes none of this name";
    assert!(end.out.contains(why), "{end:?}");
    let error = end.failed(5);
    assert!(error.contains("by hand") && !error.contains("--"), "{error}");
}

#[test]
fn a_step_whose_answer_is_lost_is_looked_for() {
    for route in [
        "POST /schemas/objects",
        "POST /schemas/{object}/properties",
        "POST /schemas/{object}/relationships",
        "PUT /schemas/objects/{object}",
    ] {
        for what in ["cut=after", "cut=before", "status=409", "status=500"] {
            let fault = format!("{what},nth=1,route={route}");
            let scene =
                empty(|builder| builder.contract(Contract::Live).fault(fault.parse().unwrap()));
            let mut objects = all_there_is();
            objects.truncate(4);
            write(&scene, "ours", &objects);
            let out = scene.run(&["schema", "push", "--from", "ours", "--yes"]).done();
            assert!(out.ends_with("the workspace has it all\n"), "{fault}: {out}");
            let made = out.matches("done: + c_order: a new object").count();
            assert_eq!(made, 1, "{fault}: {out}");
        }
    }
}

#[test]
fn a_failure_in_the_middle_says_what_is_done_and_running_again_goes_on() {
    let fault = "status=403,nth=1,route=POST /schemas/{object}/properties";
    let scene = empty(|builder| builder.fault(fault.parse().unwrap()));
    let objects = [Object::named("c_a", vec![]), {
        let mut company = COMPANY.clone();
        company.fields.to_mut().push(Field::new("code", Kind::Text));
        company
    }];
    write(&scene, "ours", &objects);
    let end = scene.run(&["schema", "push", "--from", "ours", "--yes"]);
    assert!(end.out.contains("done: + c_a: a new object"), "{end:?}");
    assert!(end.out.contains("not done: + company.code: text\n"), "{end:?}");
    assert!(end.failed(1).contains("1 of 2 steps is done; once this is mended"));
    let out = scene.run(&["schema", "push", "--from", "ours", "--yes"]).done();
    assert!(out.starts_with("+ company.code: text\n1 step\n"), "{out}");
}

#[test]
fn programs_read_the_plan_and_what_became_of_it() {
    let fault = "status=403,nth=1,route=POST /schemas/{object}/properties";
    let scene = empty(|builder| builder.fault(fault.parse().unwrap()));
    let mut company = COMPANY.clone();
    company.fields.to_mut().push(Field::new("code", Kind::Text));
    company.fields.to_mut().retain(|field| field.name != "description");
    write(&scene, "ours", &[Object::named("c_a", vec![]), company]);
    let push = |arguments: &[&str], code: i32| -> Value {
        let arguments = [&["schema", "push", "--from", "ours", "-o", "json"], arguments].concat();
        let end = scene.run(&arguments);
        assert_eq!(end.code, Some(code), "{end:?}");
        serde_json::from_str(&end.out).unwrap()
    };
    let steps = |outcomes: [&str; 2]| {
        json!([
            { "object": "c_a", "lines": ["+ c_a: a new object, `A` and `As`"], "outcome": outcomes[0] },
            { "object": "company", "lines": ["+ company.code: text"], "outcome": outcomes[1] },
        ])
    };
    let planned = push(&[], 5);
    assert_eq!(planned["steps"], steps(["planned", "planned"]));
    assert_eq!(planned["left"][0]["field"], "description");
    assert_eq!(planned["left"][0]["effect"], "harmless");
    assert_eq!(push(&["--yes"], 1)["steps"], steps(["done", "not_done"]));
    assert_eq!(push(&["--yes"], 0)["steps"][0]["outcome"], "done");
    let last = push(&["--yes"], 0);
    assert_eq!((&last["steps"], &last["not_seen"]), (&json!([]), &json!([])));
}

#[test]
fn what_to_push_has_to_be_said() {
    let scene = Scene::new();
    let error = scene.run(&["schema", "push"]).failed(2);
    assert!(error.contains("`--crate`") && error.contains("`--from clarify.schema`"), "{error}");
    let both = scene.run(&["schema", "push", "--from", "x", "--crate"]);
    assert_eq!(both.code, Some(2), "{both:?}");
    let both = scene.run(&["schema", "push", "--from", "x", "--dir", "y"]);
    assert_eq!(both.code, Some(2), "a snapshot says all of itself: {both:?}");
}
