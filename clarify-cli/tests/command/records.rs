//! Records, a few at a time.

use serde_json::json;

use crate::scene::{CONTRACTS, Scene, end, end_with, json};
use clarify_server::Contract;

#[test]
fn a_record_is_created_matched_read_and_deleted() {
    for contract in CONTRACTS {
        let scene = Scene::of(contract);
        let ana = ["name=Ana Lima", "email_addresses=a@x.ch; b@x.ch", "labels=x", "labels=y"];
        let id = scene.create("person", &ana);
        let upsert = ["records", "upsert", "person", "email_addresses=a@x.ch", "title=VP"];
        let matched = json(&scene.run(&upsert).done());
        assert_eq!([&matched["id"], &matched["outcome"]], [&json!(id), &json!("matched")]);
        let read = json(&scene.run(&["records", "get", "person", &id]).done());
        assert_eq!(read["type"], "person");
        assert!(read.get("outcome").is_none());
        assert_eq!(read["attributes"]["title"], "VP");
        assert_eq!(read["attributes"]["labels"], json!({ "items": ["x", "y"] }));
        let out = scene.run(&["records", "delete", "person", &id, "--yes"]).done();
        assert_eq!(out, format!("deleted {id}\n"));
        let error = scene.run(&["records", "get", "person", &id]).failed(1);
        assert!(error.contains("404"), "{error}");
        for arguments in [
            &["records", "get", "person", &id][..],
            &["records", "delete", "person", &id, "--yes"],
            &["records", "update", "person", &id, "title=VP"],
        ] {
            let error = scene.run(arguments).failed(1);
            assert!(error.contains("hint: `clarify records list person --filter "), "{error}");
        }
    }
}

#[test]
fn a_create_that_matches_is_what_the_contract_says() {
    for contract in CONTRACTS {
        let scene = Scene::of(contract);
        scene.create("c_sales_order", &["order_number=A-1"]);
        let ended =
            scene.run(&["records", "create", "c_sales_order", "order_number=A-1", "total=5"]);
        match contract {
            Contract::Live => {
                let error = ended.failed(1);
                assert!(error.contains("400 Bad Request: `order_number`: "), "{error}");
                assert!(error.contains("hint: `clarify records upsert`"), "{error}");
            }
            _ => assert_eq!(json(&ended.done())["outcome"], "matched"),
        }
    }
}

#[test]
fn values_are_of_their_fields_kinds_and_numbers_exact() {
    let scene = Scene::new();
    let values =
        ["order_number=7", "total=999999999999.9999", "paid=true", "ordered_on=2026-01-02"];
    let create = [&["records", "create", "c_sales_order"][..], &values].concat();
    let out = scene.run(&create).done();
    assert!(out.contains(r#""order_number":"7","total":999999999999.9999,"paid":true"#), "{out}");
    for (value, expected) in [
        ("total=five", "`total`: `five`: not a number"),
        ("paid=yes", "`paid`: `yes`: a checkbox is `true` or `false`"),
        ("totl=5", "no field `totl`\nhint: there is `total`"),
    ] {
        let error = scene.run(&["records", "create", "c_sales_order", value]).failed(2);
        assert!(error.contains(expected), "{error}");
    }
    let twice = ["records", "create", "c_sales_order", "order_number=1", "order_number=2"];
    assert!(scene.run(&twice).failed(2).contains("several values"));
    let error = scene.run(&["records", "create", "task", "title=T", "status=done"]).failed(1);
    assert!(error.contains(": `status`: ") && error.contains("did you mean `Done`?"), "{error}");
}

#[test]
fn attributes_may_come_as_json() {
    let scene = Scene::new();
    let arguments =
        ["records", "create", "deal", "--json", r#"{"name":"A","amount":1.50}"#, "name=B"];
    let deal = json(&scene.run(&arguments).done());
    assert_eq!(deal["attributes"]["name"], "B");
    let from_stdin = |text| {
        let mut command = scene.command(&["records", "upsert", "deal", "--file", "-"]);
        end_with(&mut command, text)
    };
    let deal = json(&from_stdin(r#"{"name": "B", "amount": 99}"#).done());
    assert_eq!([&deal["outcome"], &deal["attributes"]["amount"]], [&json!("matched"), &json!(99)]);
    for bad in ["", "[]", "{\"name\"", "7"] {
        assert!(from_stdin(bad).failed(1).contains("expected a JSON object"), "{bad}");
    }
    assert!(scene.run(&["records", "create", "deal"]).failed(2).contains("no field"));
    assert!(from_stdin(r#"{"amount": 1}"#).failed(1).contains("`name`"));
}

#[test]
fn what_has_no_unique_field_is_created() {
    let scene = Scene::new();
    let error = scene.run(&["records", "upsert", "task", "title=Call"]).failed(1);
    assert!(error.contains("no unique field") && error.contains("create"), "{error}");
    scene.create("task", &["title=Call"]);
}

#[test]
fn an_update_changes_what_it_names() {
    for contract in CONTRACTS {
        let scene = Scene::of(contract);
        let id = scene.create("c_sales_order", &["order_number=A-1", "total=5", "marks=a;b"]);
        let update = |more: &[&str]| {
            scene.run(&[&["records", "update", "c_sales_order", &id], more].concat())
        };
        let changed =
            json(&update(&["paid=true", "--clear", "total", "--append", "marks=b;c"]).done());
        assert_eq!(changed["attributes"]["paid"], true);
        assert!(changed["attributes"]["total"].is_null());
        assert_eq!(changed["attributes"]["marks"], json!({ "items": ["a", "b", "c"] }));
        let changed = json(&update(&["--remove", "marks=a", "--remove", "marks=c"]).done());
        assert_eq!(changed["attributes"]["marks"], json!({ "items": ["b"] }));
        assert!(update(&[]).failed(2).contains("nothing is to be changed"));
        assert!(update(&["--append", "total=1"]).failed(2).contains("`total` is no collection"));
        assert!(update(&["--clear", "totl"]).failed(2).contains("there is `total`"));
        for adds in [&["--append", "marks=c"][..], &["marks=c"], &["--json", r#"{"marks":null}"#]] {
            let error = update(&[adds, &["--remove", "marks=b"]].concat()).failed(2);
            assert!(error.contains("`marks`: one update can't both"), "{error}");
            assert!(error.contains("hint: make two"), "{error}");
        }
    }
}

#[test]
fn an_update_may_come_as_json() {
    for contract in CONTRACTS {
        let scene = Scene::of(contract);
        let id = scene.create("c_sales_order", &["order_number=A-1", "total=5", "paid=true"]);
        let update = ["records", "update", "c_sales_order", &id];
        let json_of = ["--json", r#"{"total":1.5000,"paid":null}"#, "--append", "marks=a"];
        let changed = scene.run(&[&update[..], &json_of].concat()).done();
        assert!(changed.contains(r#""total":1.5"#), "{changed}");
        assert!(!json(&changed)["attributes"]["paid"].as_bool().unwrap_or_default(), "{changed}");
        let mut command = scene.command(&[&update[..], &["--file", "-", "total=7"]].concat());
        let changed = end_with(&mut command, r#"{"total":6,"marks":{"items":["b"]}}"#).done();
        let attributes = &json(&changed)["attributes"];
        assert_eq!(attributes["total"], 7);
        assert_eq!(attributes["marks"], json!({ "items": ["b"] }));
    }
}

#[test]
fn many_are_deleted_and_those_that_are_not_there_are_named() {
    let scene = Scene::new();
    let ids: Vec<String> =
        (0..30).map(|n| scene.create("task", &[&format!("title=T{n}")])).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).chain(["tas_nobody"]).collect();
    let ended = scene.run(&[&["records", "delete", "task", "--yes"][..], &ids].concat());
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert_eq!(ended.out.lines().count(), 30);
    assert!(ended.error.starts_with("tas_nobody: ") && ended.error.contains("404"), "{ended:?}");
    assert_eq!(scene.run(&["records", "list", "task"]).done(), "[]\n");
}

#[test]
fn nothing_is_deleted_where_nobody_can_be_asked() {
    let scene = Scene::new();
    let id = scene.create("task", &["title=Keep"]);
    let error = scene.run(&["records", "delete", "task", &id]).failed(2);
    assert!(error.contains("`--yes`"), "{error}");
    scene.run(&["records", "get", "task", &id]).done();
}

#[test]
fn each_form_has_the_same_records() {
    let scene = Scene::new();
    let id = scene.create("deal", &["name=Big, \"one\"", "amount=1.5", "labels=a;b"]);
    let list = |more: &[&str]| scene.run(&[&["records", "list", "deal"], more].concat());
    let fields = ["--fields", "labels,name,amount"];
    let of = |form| list(&[&["--output", form], &fields[..]].concat()).done();
    let record = format!(
        r#"{{"id":"{id}","type":"deal","attributes":{{"name":"Big, \"one\"","amount":1.5,"labels":{{"items":["a","b"]}}}}}}"#
    );
    assert_eq!(of("json"), format!("[\n{record}\n]\n"));
    assert_eq!(of("ndjson"), format!("{record}\n"));
    assert_eq!(of("csv"), format!("id,labels,name,amount\n{id},a;b,\"Big, \"\"one\"\"\",1.5\n"));
    let table = of("table");
    assert_eq!(table.lines().nth(1), Some(&*format!("{id}  a, b    Big, \"one\"     1.5")));
    assert_eq!(list(&[]).done().lines().count(), 3, "JSON, where it is no terminal");
    let error = list(&["--fields", "nam"]).failed(2);
    assert!(error.contains("there is `name`"), "{error}");
    assert!(list(&["--fields", "name,_created_at"]).done().contains("_created_at"));
}

#[test]
fn what_can_not_be_meant_is_wrong_usage() {
    let scene = Scene::new();
    for arguments in [
        &["records", "list", "deal", "--filter", "name"][..],
        &["records", "list", "deal", "--filter", "name[Foo]=x"],
        &["records", "list", "deal", "--all", "--limit", "5"],
        &["records", "update", "deal", "dea_1", "name"],
        &["records", "delete", "deal"],
        &["records", "frobnicate"],
    ] {
        let ended = scene.run(arguments);
        assert_eq!(ended.code, Some(2), "{ended:?}");
    }
    let error = scene.run(&["records", "list", "deals"]).failed(1);
    assert!(error.contains("`clarify objects`"), "{error}");
}

#[test]
fn what_may_have_been_written_is_told() {
    let scene = Scene::with(|builder| {
        builder.fault("cut=after,route=POST /objects/{object}/records".parse().unwrap())
    });
    let error = scene.run(&["records", "create", "task", "title=Lost"]).failed(4);
    assert!(error.contains("it may have been written"), "{error}");
    assert!(scene.run(&["records", "list", "task"]).done().contains("Lost"));
    let mut unreachable = scene.command(&["records", "create", "task", "title=x"]);
    end(unreachable.env("CLARIFY_BASE_URL", "http://127.0.0.1:1")).failed(1);
}
