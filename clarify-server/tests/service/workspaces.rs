//! Several workspaces and keys in one service.

use clarify_schema::{Field, Kind, Object};
use clarify_server::{Seed, Server, ServerBuilder, Workspace, WorkspaceSettings};
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Answer, CLIENT, answer, ids};

/// A workspace as its users see it.
struct Place {
    url: String,
    key: String,
}

impl Place {
    fn of(workspace: &Workspace) -> Self {
        Self { url: workspace.url(), key: workspace.api_key().to_owned() }
    }

    fn with_key(&self, key: &str) -> Self {
        Self { url: self.url.clone(), key: key.to_owned() }
    }

    fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let request = CLIENT.request(method, format!("{}{path}", self.url));
        let request = request.header("authorization", format!("api-key {}", self.key));
        answer(match body {
            Some(body) => request.body(body.to_string()),
            None => request,
        })
    }

    fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None)
    }

    fn create(&self, object: &str, attributes: &Value) -> Answer {
        let body = json!({ "data": { "type": object, "attributes": attributes } });
        self.send(Method::POST, &format!("/objects/{object}/records"), Some(&body))
    }

    fn ids(&self, object: &str) -> Vec<String> {
        ids(&self.get(&format!("/objects/{object}/resources")).expect(200))
    }
}

fn acme_and_beta() -> ServerBuilder {
    Server::builder().workspace("acme").add_workspace("beta")
}

fn places(server: &Server) -> Vec<Place> {
    server.workspaces().map(Place::of).collect()
}

/// Nothing of one workspace is seen from the other.
fn see_nothing_of_each_other(acme: &Place, beta: &Place) {
    let ana = json!({ "email_addresses": { "items": ["ana@x.ch"] } });
    let created = acme.create("person", &ana).expect(201);
    let id = created["data"]["id"].as_str().unwrap();
    assert_eq!(beta.ids("person"), [""; 0]);
    let path = format!("/objects/person/records/{id}");
    let change = json!({ "data": { "type": "person", "attributes": { "title": "CTO" } } });
    assert_eq!(beta.get(&path).status, 404);
    assert_eq!(beta.send(Method::PATCH, &path, Some(&change)).status, 404);
    assert_eq!(beta.send(Method::DELETE, &path, None).status, 404);
    let all = json!({ "items": [id] });
    let bulk = beta.send(Method::DELETE, "/objects/person/records", Some(&all));
    assert_eq!(bulk.status, 404);

    let other = beta.create("person", &ana);
    assert_eq!(other.header("clarify-matched"), Some(""));
    assert_ne!(other.expect(201)["data"]["id"], id);
    assert_eq!(acme.create("person", &ana).header("clarify-matched"), Some("0"));
    assert_eq!(acme.ids("person"), [id]);

    let object = json!({ "name": "Note", "plural": "Notes" });
    acme.send(Method::POST, "/schemas/objects", Some(&object)).expect(201);
    assert_eq!(beta.create("c_note", &json!({})).status, 404);
    assert!(!beta.get("/schemas").text.contains("c_note"));
    beta.send(Method::POST, "/schemas/objects", Some(&object)).expect(201);
    acme.create("c_note", &json!({})).expect(201);
    assert_eq!((acme.ids("c_note").len(), beta.ids("c_note").len()), (1, 0));
}

#[test]
fn workspaces_of_one_store_see_nothing_of_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.db");
    for builder in [acme_and_beta(), acme_and_beta().data(&path)] {
        let server = builder.start().unwrap();
        let [acme, beta] = &*places(&server) else { panic!() };
        see_nothing_of_each_other(acme, beta);
    }
    let server = acme_and_beta().data(&path).start().unwrap();
    let kept: Vec<_> = places(&server).iter().map(|place| place.ids("c_note").len()).collect();
    assert_eq!(kept, [1, 0]);
}

#[test]
fn a_workspace_that_is_opened_later_has_its_own_records() {
    let server = Server::builder().start().unwrap();
    let beta = server.open_workspace("beta").unwrap();
    see_nothing_of_each_other(&places(&server)[0], &Place::of(&beta));
    let note = Object::named("c_memo", vec![Field::new("text", Kind::Text)]);
    beta.register(&note).unwrap();
    beta.seed("c_memo", [Seed::new("rec_1", r#"{"text": "x"}"#)]).unwrap();
    server.seed("deal", [Seed::new("rec_1", "{}")]).unwrap();
    assert_eq!(Place::of(&beta).ids("c_memo"), ["rec_1"]);
    assert_eq!(places(&server)[0].create("c_memo", &json!({})).status, 404);
}

#[test]
fn a_workspace_is_gone_with_its_handle() {
    let server = Server::builder().start().unwrap();
    let beta = server.open_workspace(WorkspaceSettings::new("beta").api_key("k")).unwrap();
    let place = Place::of(&beta);
    place.create("deal", &json!({})).expect(201);
    let taken = server.open_workspace("beta").unwrap_err().to_string();
    assert!(taken.contains("`beta`"), "{taken}");
    assert_eq!(place.ids("deal").len(), 1);
    drop(beta);
    assert_eq!(place.get("/objects/deal/resources").status, 401);
    let _again = server.open_workspace(WorkspaceSettings::new("beta").api_key("k")).unwrap();
    assert_eq!(place.ids("deal"), [""; 0]);
}

#[test]
fn a_file_is_opened_later_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let settings = || WorkspaceSettings::new("beta").data(folder.path().join("beta.db"));
    let server = Server::builder().start().unwrap();
    for count in 1..=2 {
        let beta = Place::of(&server.open_workspace(settings()).unwrap());
        assert_eq!(beta.get("/objects/deal/resources").status, 401, "its handle is gone");
        let beta = server.open_workspace(settings()).unwrap();
        Place::of(&beta).create("deal", &json!({})).expect(201);
        assert_eq!(Place::of(&beta).ids("deal").len(), count);
    }
}

#[test]
fn keys_open_their_own_workspaces_alone() {
    let both = |slug: &str| WorkspaceSettings::new(slug).api_key("both");
    let server = Server::builder()
        .workspace("acme")
        .api_key("first")
        .add_workspace(both("acme"))
        .add_workspace(both("beta").api_key("second"))
        .start()
        .unwrap();
    let [acme, beta] = &*places(&server) else { panic!() };
    let nowhere = &Place { url: beta.url.replace("beta", "x"), key: String::new() };
    assert_eq!(acme.key, "first");
    for (place, key, status) in [
        (acme, "first", 200),
        (acme, "both", 200),
        (acme, "second", 404),
        (acme, "nobody's", 401),
        (beta, "first", 404),
        (beta, "both", 200),
        (beta, "second", 200),
        (beta, "nobody's", 401),
        (nowhere, "first", 404),
        (nowhere, "nobody's", 401),
    ] {
        let answer = place.with_key(key).get("/schemas");
        assert_eq!(answer.status, status, "{} {key}", place.url);
    }
    let elsewhere = beta.with_key("first").get("/schemas").detail(404);
    assert_eq!(
        elsewhere.replace("beta", "x"),
        nowhere.with_key("first").get("/schemas").detail(404)
    );
}

#[test]
fn rates_are_of_a_workspace_and_an_endpoint() {
    let server = acme_and_beta().rate_limit(2).start().unwrap();
    let [acme, beta] = &*places(&server) else { panic!() };
    let later = server.open_workspace("later").unwrap();
    let remaining = |place: &Place| {
        let answer = place.get("/schemas");
        (answer.status, answer.header("x-ratelimit-remaining").unwrap().to_owned())
    };
    for place in [acme, beta, &Place::of(&later)] {
        for expected in [(200, "1"), (200, "0"), (429, "0")] {
            let (status, left) = remaining(place);
            assert_eq!((status, &*left), expected);
        }
        place.get("/objects/deal/resources").expect(200);
    }
}

#[test]
fn strangers_use_up_nobodys_room() {
    let server = Server::builder().rate_limit(2).start().unwrap();
    let place = &places(&server)[0];
    for expected in [401, 401, 429] {
        assert_eq!(place.with_key("x").get("/schemas").status, expected);
    }
    place.get("/schemas").expect(200);
}

#[test]
fn metrics_do_not_grow_with_the_workspaces() {
    let server = Server::builder().start().unwrap();
    let metrics = || {
        let url = format!("http://{}/metrics", server.addr());
        answer(CLIENT.get(url)).text
    };
    let visit = |name: String| {
        let workspace = server.open_workspace(name).unwrap();
        Place::of(&workspace).create("deal", &json!({})).expect(201);
        metrics();
    };
    visit("w0".to_owned());
    metrics();
    let before = metrics().lines().count();
    (1..20).for_each(|number| visit(format!("w{number}")));
    let after = metrics();
    assert_eq!(after.lines().count(), before);
    assert!(after.contains("\nclarify_records_written_total 20\n"), "{after}");
}

#[test]
fn a_shared_store_has_no_snapshots() {
    let folder = tempfile::tempdir().unwrap();
    let beta = WorkspaceSettings::new("beta").data(folder.path().join("beta.db"));
    let server = Server::builder().add_workspace(beta).add_workspace("gamma").start().unwrap();
    let taken: Vec<_> = server
        .workspaces()
        .map(|workspace| workspace.take_snapshot("a").map_err(|error| error.to_string()))
        .collect();
    assert_eq!(taken[1], Ok(()));
    for (taken, name) in [(&taken[0], "local"), (&taken[2], "gamma")] {
        assert!(taken.as_ref().is_err_and(|error| error.contains(&format!("`{name}`"))));
    }
}

#[test]
fn a_file_that_is_kept_goes_back_too() {
    let folder = tempfile::tempdir().unwrap();
    let settings = || WorkspaceSettings::new("beta").data(folder.path().join("beta.db"));
    let server = Server::builder().start().unwrap();
    let beta = server.open_workspace(settings()).unwrap();
    let place = Place::of(&beta);
    place.create("deal", &json!({ "name": "A" })).expect(201);
    beta.take_snapshot("one").unwrap();
    place.create("deal", &json!({ "name": "B" })).expect(201);
    beta.restore("one").unwrap();
    place.create("deal", &json!({ "name": "C" })).expect(201);
    assert_eq!(place.ids("deal").len(), 2);
    drop(beta);
    let beta = server.open_workspace(settings()).unwrap();
    let names: Vec<_> = Place::of(&beta).get("/objects/deal/resources").expect(200)["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|deal| deal["attributes"]["name"].clone())
        .collect();
    assert_eq!(names, ["A", "C"]);
}

#[test]
fn workspaces_that_can_not_be_had_are_named() {
    let error = |builder: ServerBuilder| builder.start().unwrap_err().to_string();
    assert!(error(Server::builder().add_workspace("a/b")).contains("`a/b`"));
    let spaced = WorkspaceSettings::new("beta").api_key("a secret");
    let refusal = error(Server::builder().add_workspace(spaced.clone()));
    assert!(refusal.contains("API key") && !refusal.contains("secret"), "{refusal}");
    let server = Server::builder().start().unwrap();
    assert!(server.open_workspace("..").unwrap_err().to_string().contains("`..`"));
    assert!(server.open_workspace(spaced).is_err());
    assert!(server.open_workspace("local").unwrap_err().to_string().contains("`local`"));
}
