//! What was answered is kept, and what is unique stays so.

use std::path::Path;
use std::sync::Barrier;

use clarify_schema::{Field, Kind, Object};
use clarify_server::{Contract, Server, WorkspaceSettings};
use serde_json::json;

use crate::client::{Service, ids};

#[test]
fn a_file_is_opened_again_with_everything_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.db");
    let order =
        Object::named("c_order", vec![Field::new("number", Kind::Text).required().unique()]);
    let open = || Server::builder().data(&path);
    let service = Service::of(open().register(&order));
    let a = service.id("c_order", &json!({ "number": "1" }));
    let b = service.id("c_order", &json!({ "number": "2" }));
    service.delete(&format!("/objects/c_order/records/{b}"));
    let before = service.get("/objects/c_order/resources").text;
    drop(service);

    let service = Service::of(open());
    let host = |text: &str| text.contains(&a) && text.contains("\"total_records\":1,");
    assert!(host(&before) && host(&service.get("/objects/c_order/resources").text));
    assert_eq!(service.id("c_order", &json!({ "number": "1" })), a);
    assert_ne!(service.id("c_order", &json!({ "number": "2" })), b);
    assert_eq!(service.create("c_order", &json!({})).status, 422);
    assert_eq!(service.ids("c_order", &[]).len(), 2);
}

#[test]
fn a_file_can_be_served_under_either_contract() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.db");
    let open = |contract| Service::of(Server::builder().data(&path).contract(contract));
    let text = json!("Ana Lee");
    let parts = json!({ "first_name": "Ana", "last_name": "Lee", "full_name": "Ana Lee" });
    let documented = open(Contract::Documented);
    let first = documented.id("person", &json!({ "name": text }));
    drop(documented);
    let live = open(Contract::Live);
    let second = live.id("person", &json!({ "name": parts, "title": "VP" }));
    assert_eq!(live.attributes("person", &first)["name"], parts);
    assert_eq!(live.ids("person", &[("filter[name]", "Ana Lee")]), [&*first, &*second]);
    drop(live);
    let documented = open(Contract::Documented);
    let shown = json!({ "name": text, "title": "VP" });
    assert_eq!(documented.attributes("person", &second), shown);
    documented.update("person", &second, &json!({ "title": "CRO" })).expect(200);
    assert_eq!(documented.ids("person", &[("filter[name]", "Ana Lee")]), [first, second]);
}

#[test]
fn workspaces_of_one_file_are_kept_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.db");
    let open = |workspace: &str| Service::of(Server::builder().data(&path).workspace(workspace));
    let a = open("a");
    let id = a.id("deal", &json!({ "name": "A" }));
    drop(a);
    let b = open("b");
    assert_eq!(b.get(&format!("/objects/deal/records/{id}")).status, 404);
    assert_ne!(b.id("deal", &json!({ "name": "A" })), id);
    assert_eq!(b.ids("deal", &[]).len(), 1);
}

#[test]
fn a_file_that_can_not_be_used_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let error = Server::builder().data(folder.path()).start().unwrap_err().to_string();
    assert!(error.contains(&folder.path().display().to_string()), "{error}");
    assert!(!error.contains('\n'));
}

#[test]
fn a_file_has_one_service_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.db");
    let open = |path: &Path| Server::builder().data(path).start();
    let service = open(&path).unwrap();
    let refused = |path: &Path| open(path).unwrap_err().to_string();
    let expected = "another service has it open: stop that one, or name another file";
    assert_eq!(refused(&path), format!("{}: {expected}", path.display()));
    let other_way = folder.path().join(".").join("records.db");
    assert!(refused(&other_way).ends_with(expected));
    let workspace = WorkspaceSettings::new("beta").data(&path);
    assert!(service.open_workspace(workspace).unwrap_err().to_string().ends_with(expected));
    drop(service);
    open(&path).unwrap();
}

fn race(service: &Service) {
    let threads = 16;
    let barrier = Barrier::new(threads);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let barrier = &barrier;
            scope.spawn(move || {
                barrier.wait();
                for round in 0..20 {
                    let first = format!("shared{}@x.com", round % 5);
                    let second = format!("Shared{}@X.com", round % 5);
                    let items = if thread % 2 == 0 { [first, second] } else { [second, first] };
                    let attributes = json!({ "email_addresses": { "items": items } });
                    let answer = service.create_bulk("person", &[attributes.clone(), attributes]);
                    assert_eq!(answer.status, 201, "{}", answer.text);
                }
            });
        }
    });
    assert_eq!(service.ids("person", &[]).len(), 5);
}

#[test]
fn upserts_at_once_never_make_a_record_twice_in_memory() {
    race(&Service::new());
}

#[test]
fn upserts_at_once_never_make_a_record_twice_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    race(&Service::of(Server::builder().data(folder.path().join("records.db"))));
}

/// The records of `task` that were deleted.
fn deleted(service: &Service) -> Vec<String> {
    ids(&service.get("/objects/task/deleted-resources").expect(200))
}

#[test]
fn deleted_records_are_listed_for_thirty_days() {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.db");
    let open = || Service::of(Server::builder().data(&path));
    let service = open();
    let [old, young, new] = [(); 3].map(|()| service.id("task", &json!({})));
    for id in [&old, &young, &new] {
        service.delete(&format!("/objects/task/records/{id}"));
    }
    assert_eq!(deleted(&service).len(), 3);
    drop(service);

    let file = rusqlite::Connection::open(&path).unwrap();
    for (id, days) in [(&old, 31), (&young, 29)] {
        let sql = "UPDATE deleted SET deleted_at = deleted_at - ? WHERE id = ?";
        assert_eq!(file.execute(sql, rusqlite::params![days * DAY, id]).unwrap(), 1);
    }
    drop(file);
    assert_eq!(deleted(&open()), [new, young]);
}
