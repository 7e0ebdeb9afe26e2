//! What holds for every answer: who may ask, how a refusal looks, which headers there are.

use clarify_core::{Client, Patch, RecordId};
use http::Method;
use serde_json::json;

use crate::objects::Person;
use crate::{Answer, World};

const LIST: &str = "/objects/person/resources";

async fn authorized(world: &World, authorization: &str) -> Answer {
    let request = world.stranger(Method::GET, &format!("{}{LIST}", world.base()));
    Answer::of(request.header("Authorization", authorization)).await
}

pub async fn another_scheme_is_401(world: &World) {
    let key = world.key();
    for value in [format!("Bearer {key}"), key.to_owned(), format!("Basic {key}"), "api-key".into()]
    {
        let problem = authorized(world, &value).await.problem(401);
        assert_eq!(problem.detail, "Invalid API key", "{value}");
    }
    let without = world.stranger(Method::GET, &format!("{}{LIST}", world.base()));
    Answer::of(without).await.problem(401);
    authorized(world, &format!("api-key {key}")).await.data(200);
}

pub async fn a_wrong_key_is_401(world: &World) {
    let wrong = format!("{}x", world.key());
    authorized(world, &format!("api-key {wrong}")).await.problem(401);
    let client = Client::builder(world.workspace()).api_key(&wrong).base_url(world.base());
    let error = client.build().unwrap().records::<Person>().list().await.unwrap_err();
    assert!(error.is_unauthorized(), "{error}");
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(&wrong), "{shown}");
}

/// The URL of the list in a workspace that is not there.
fn elsewhere(world: &World) -> String {
    format!("{}/v1/workspaces/{}{LIST}", world.root(), world.unique("nowhere"))
}

pub async fn the_key_is_checked_before_the_workspace(world: &World) {
    let request = world.stranger(Method::GET, &elsewhere(world));
    Answer::of(request.header("Authorization", "api-key wrong")).await.problem(401);
}

pub async fn an_unknown_workspace_is_404(world: &World) {
    let request = world.stranger(Method::GET, &elsewhere(world));
    let key = format!("api-key {}", world.key());
    Answer::of(request.header("Authorization", key)).await.problem(404);
}

pub async fn no_version_is_404(world: &World) {
    let url = format!("{}/workspaces/{}{LIST}", world.root(), world.workspace());
    let request = world.stranger(Method::GET, &url);
    let key = format!("api-key {}", world.key());
    Answer::of(request.header("Authorization", key)).await.problem(404);
}

pub async fn a_wrong_verb_is_405(world: &World) {
    let cases = [
        (Method::PUT, "/objects/person/records", "POST"),
        (Method::GET, "/objects/person/records/bulk", "POST"),
        (Method::DELETE, "/objects/person/resources", "GET"),
        (Method::POST, "/objects/person/records/per_1", "PATCH"),
    ];
    for (method, path, allowed) in cases {
        let answer = Answer::of(world.request(method.clone(), path)).await;
        // A path of one record may be the path of a record called `bulk`.
        if answer.status == 404 && path.ends_with("bulk") {
            continue;
        }
        answer.problem(405);
        let allow = answer.header("allow").unwrap_or_default();
        assert!(allow.contains(allowed), "{method} {path}: {allow}");
    }
}

pub async fn malformed_json_is_400(world: &World) {
    for body in ["", "{", "nonsense", "{\"data\":}", "{} {}", "{\"data\":{\"type\":\"person\",}}"] {
        for (method, path) in [
            (Method::POST, "/objects/person/records"),
            (Method::POST, "/objects/person/records/bulk"),
            (Method::PATCH, "/objects/person/records"),
            (Method::DELETE, "/objects/person/records"),
        ] {
            let request = world.request(method, path).header("Content-Type", "application/json");
            Answer::of(request.body(body)).await.problem(400);
        }
    }
    let request = world.request(Method::POST, "/objects/person/records");
    let invalid = b"{\"data\":{\"type\":\"person\",\"attributes\":{\"title\":\"\xff\"}}}";
    Answer::of(request.body(invalid.to_vec())).await.problem(400);
}

pub async fn a_refusal_is_an_error_document(world: &World) {
    let body = json!({ "data": { "type": "person", "attributes": { "title": 5 } } });
    let document = world.post("/objects/person/records", body).await.document(422);
    let error = &document["errors"][0];
    assert_eq!(error["status"], "422");
    assert_eq!(error["title"], "Invalid input");
    assert_eq!(error["source"], json!({ "pointer": "/data/attributes/title" }));
    assert!(error["detail"].as_str().unwrap().starts_with("/data/attributes/title: "), "{error}");
    let document = world.get("/objects/person/records/per_0").await.document(404);
    let error = document["errors"][0].as_object().unwrap();
    assert_eq!(error["status"], "404");
    assert!(!error.contains_key("source") && !error.contains_key("title"), "validation only");
}

pub async fn a_body_of_another_shape_is_422(world: &World) {
    let cases = [
        (json!({}), "/data"),
        (json!({ "data": null }), "/data"),
        (json!({ "data": [] }), "/data"),
        (json!({ "data": "x" }), "/data"),
        (json!({ "data": { "attributes": {} } }), "/data/type"),
        (json!({ "data": { "type": 5, "attributes": {} } }), "/data/type"),
        (json!({ "data": { "type": "person" } }), "/data/attributes"),
        (json!({ "data": { "type": "person", "attributes": [] } }), "/data/attributes"),
    ];
    for (body, pointer) in cases {
        world.post("/objects/person/records", body).await.refused_at(422, pointer);
    }
    let answer = world.post("/objects/person/records", json!([])).await;
    answer.problem(422);
    for (data, pointer) in [(json!({}), "/data"), (json!([5]), "/data/0"), (json!("x"), "/data")] {
        let body = json!({ "data": data });
        let answer = world.post("/objects/person/records/bulk", body.clone()).await;
        answer.refused_at(422, pointer);
        world.patch("/objects/person/records", body).await.refused_at(422, pointer);
    }
}

pub async fn every_answer_has_the_rate_limit(world: &World) {
    let body = json!({ "data": { "type": "meeting", "attributes": {} } });
    let answers = [
        world.post("/objects/meeting/records", body).await,
        world.list("meeting", "").await,
        world.get("/objects/meeting/records/mee_0").await,
        world.get("/nowhere").await,
        world.list("meeting", "filter[x]=1").await,
        authorized(world, "api-key wrong").await,
        Answer::of(world.request(Method::PUT, LIST)).await,
    ];
    for answer in answers {
        let number = |name: &str| {
            let text = answer.header(name).unwrap_or_else(|| panic!("{name}: {}", answer.text));
            text.parse::<u64>().unwrap()
        };
        let limit = number("x-ratelimit-limit");
        assert!(limit > 0 && number("x-ratelimit-remaining") <= limit);
        assert!(number("x-ratelimit-reset") <= 60);
        assert_ne!(answer.status, 429);
    }
}

pub async fn the_clients_errors_are_the_services(world: &World) {
    let id = RecordId::<Person>::new(world.unique("per"));
    let patch = Patch::new().set(Person::TITLE, "CRO");
    let error = world.people().update(&id, patch).await.unwrap_err();
    let expected = format!("PATCH /objects/person/records/{id} (person): 404 Not Found: ");
    assert!(error.to_string().starts_with(&expected), "{error}");
    assert_eq!(error.problems().len(), 1);
    let bad = Person { email_addresses: vec!["no address".into()], ..Person::default() };
    let error = world.people().create(&bad).await.unwrap_err();
    assert!(error.is_invalid(), "{error}");
    assert_eq!(error.field(), Some("email_addresses"));
    assert_eq!(error.problems()[0].pointer, "/data/attributes/email_addresses/items/0");
}

pub async fn bodies_are_json_both_ways(world: &World) {
    let body = json!({ "data": { "type": "meeting", "attributes": {} } }).to_string();
    for kind in ["application/json", "application/json; charset=utf-8"] {
        let request = world.request(Method::POST, "/objects/meeting/records");
        let answer = Answer::of(request.header("Content-Type", kind).body(body.clone())).await;
        let id = answer.data(201)["id"].as_str().unwrap().to_owned();
        let path = format!("/objects/meeting/records/{id}");
        assert_eq!(world.get(&path).await.header("content-type"), Some("application/json"));
    }
    assert_eq!(world.get("/nowhere").await.header("content-type"), Some("application/json"));
}

pub async fn a_bearer_token_opens_nothing(world: &World) {
    for token in ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "x", ""] {
        authorized(world, &format!("Bearer {token}")).await.problem(401);
    }
}

pub async fn a_request_without_user_agent_is_served(world: &World) {
    let url = format!("{}{LIST}", world.base());
    let request = world.nameless(Method::GET, &url);
    let key = format!("api-key {}", world.key());
    Answer::of(request.header("Authorization", key)).await.data(200);
}
