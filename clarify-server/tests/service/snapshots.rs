//! The way back to a snapshot, for everything that a workspace keeps.

use clarify_schema::{Field, Kind, Object};
use clarify_server::Server;
use serde_json::{Value, json};

use crate::client::Service;

fn objects() -> [Object; 2] {
    let tags = Field::new("tags", Kind::ToMany).target("c_tag").inverse("jobs").many_to_many();
    let jobs = Field::new("jobs", Kind::ToMany).target("c_job").inverse("tags").many_to_many();
    let fields = vec![
        Field::new("number", Kind::Text).unique(),
        Field::new("state", Kind::Select).options(&[]),
        Field::new("person_id", Kind::ToOne).target("person"),
        tags,
    ];
    [Object::named("c_job", fields), Object::named("c_tag", vec![jobs])]
}

/// What can be seen of the workspace: its schemas, its records with all that they link to, totals and
/// what was deleted.
fn seen(service: &Service) -> Vec<Value> {
    let paths = [
        "/schemas",
        "/objects/c_job/resources?include=person_id,tags",
        "/objects/c_tag/resources?include=jobs",
        "/objects/person/resources?include=deals",
        "/objects/c_job/resources?filter[state]=Open",
        "/objects/c_job/resources?filter[person_id.name]=Ana",
        "/objects/c_job/resources?filter[number]=J-1",
        "/objects/person/deleted-resources",
    ];
    paths.iter().map(|path| service.get(path).expect(200)).collect()
}

#[test]
fn everything_comes_back() {
    let [job, tag] = objects();
    let service = Service::of(Server::builder());
    let workspace = service.server.open_workspace("beta").unwrap();
    workspace.register(&job).unwrap();
    workspace.register(&tag).unwrap();
    let service = service.within(&workspace);
    let ana = service.id("person", &json!({ "name": "Ana" }));
    let gone = service.id("person", &json!({ "name": "Gone" }));
    let tag = service.id("c_tag", &json!({}));
    let attributes = json!({ "number": "J-1", "state": "Open", "person_id": ana });
    let job = service.id("c_job", &attributes);
    let tags = json!({ "data": [{ "type": "c_tag", "id": tag }] });
    service.patch(&format!("/objects/c_job/records/{job}/relationships/tags"), &tags).expect(200);
    service.delete(&format!("/objects/person/records/{gone}"));
    let before = seen(&service);
    workspace.take_snapshot("before").unwrap();

    let object = "/schemas/objects/c_job";
    let changes: [&dyn Fn(); 4] = [
        &|| _ = service.delete(&format!("/objects/person/records/{ana}")),
        &|| _ = service.update("c_job", &job, &json!({ "state": "Done", "number": "J-2" })),
        &|| _ = service.delete(object),
        &|| {
            // Another object of the name is another one.
            service.delete(object);
            let again = json!({ "name": "Job", "plural": "Jobs" });
            service.post("/schemas/objects", &again).expect(201);
            service.create("c_job", &json!({})).expect(201);
        },
    ];
    for (number, change) in changes.iter().enumerate() {
        change();
        // What a deleted object leaves is swept away meanwhile.
        service.create("deal", &json!({})).expect(201);
        workspace.restore("before").unwrap();
        assert_eq!(seen(&service), before, "{number}");
        let taken =
            service.create("c_job", &json!({ "number": "J-1", "state": "Open" })).expect(201);
        assert_eq!(taken["data"]["id"], job, "its unique value is its own again");
        workspace.restore("before").unwrap();
        assert_eq!(seen(&service), before, "{number}");
    }
}
