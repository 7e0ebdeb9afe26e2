//! `POST /objects/{object}/records`.

use clarify_core::Outcome;
use serde_json::{Value, json};

use crate::objects::Person;
use crate::{World, written};

const PATH: &str = "/objects/person/records";

fn resource(attributes: Value) -> Value {
    json!({ "data": { "type": "person", "attributes": attributes } })
}

fn person(email: &str, more: Value) -> Value {
    let mut attributes = more;
    attributes["email_addresses"] = json!({ "items": [email] });
    attributes
}

pub async fn a_create_answers_the_record_with_its_id(world: &World) {
    let email = world.email("taylor");
    let sent = person(&email, json!({ "name": "Taylor Reeves", "title": "VP of Sales" }));
    let answer = world.post(PATH, resource(sent.clone())).await;
    let record = answer.data(201);
    assert!(record["id"].as_str().is_some_and(|id| !id.is_empty()), "{record}");
    assert_eq!(record["type"], "person");
    let mut expected = sent;
    expected["name"] = world.name("Taylor Reeves");
    assert_eq!(written(record["attributes"].clone()), expected);
    let typed = Person { email_addresses: vec![world.email("kim")], ..Person::default() };
    let saved = world.people().create(&typed).await.unwrap();
    assert_eq!(saved.attributes, typed);
    assert!(saved.created_at.is_some() && saved.updated_at.is_some());
}

pub async fn a_create_of_an_existing_unique_value_updates_its_record(world: &World) {
    let email = world.email("taylor");
    let first = world.created("person", person(&email, json!({ "title": "VP" }))).await;
    let answer = world.post(PATH, resource(person(&email, json!({ "title": "CRO" })))).await;
    if world.is_live() {
        let problem = answer.refused_at(400, "/data/attributes/email_addresses");
        assert!(problem.detail.contains(&first), "{problem:?}");
        assert_eq!(world.attributes("person", &first).await["title"], "VP");
        world.upsert("person", person(&email, json!({ "title": "CRO" }))).await;
    } else {
        assert_eq!(answer.data(201)["id"], first);
    }
    assert_eq!(world.attributes("person", &first).await["title"], "CRO");
    let typed = Person { email_addresses: vec![email], ..Person::default() };
    let saved = world.people().upsert(&typed).await.unwrap();
    assert_eq!((saved.id.as_str(), saved.attributes.title.as_deref()), (&*first, Some("CRO")));
}

pub async fn an_id_in_the_body_is_422(world: &World) {
    let email = world.email("taylor");
    for id in [json!("per_1"), Value::Null, json!(5)] {
        let mut body = resource(person(&email, json!({})));
        body["data"]["id"] = id;
        world.post(PATH, body).await.refused_at(422, "/data/id");
    }
    let list = world.list("person", &format!("filter[email_addresses][Contains]={email}")).await;
    assert!(list.ids(200).is_empty(), "nothing was written");
}

pub async fn a_create_answers_201_also_when_it_matched(world: &World) {
    let body = world.matching("person", resource(person(&world.email("taylor"), json!({}))));
    let first = world.post(PATH, body.clone()).await.data(201);
    assert_eq!(world.post(PATH, body).await.data(201)["id"], first["id"]);
}

pub async fn ids_have_their_form_and_increase(world: &World) {
    let objects = [
        ("person", "per_", json!({})),
        ("company", "com_", json!({})),
        ("deal", "dea_", json!({})),
        ("meeting", "mee_", json!({})),
        ("task", "tas_", json!({})),
        ("c_product", "rec_", json!({})),
        ("c_sales_order", "rec_", json!({ "order_number": world.unique("order") })),
    ];
    for (object, prefix, attributes) in objects {
        let record = world.create(object, attributes).await;
        let id = record["id"].as_str().unwrap();
        if world.is_live() {
            assert!(is_uuid(id), "{object}: {id}");
            assert_eq!(record["attributes"]["_id"], id);
        } else {
            let ulid = id.strip_prefix(prefix).unwrap_or_else(|| panic!("{object}: {id}"));
            assert_eq!(ulid.len(), 26, "{id}");
        }
    }
    let mut before = String::new();
    for _ in 0..20 {
        let id = world.created("meeting", json!({})).await;
        assert!(id > before, "{id} after {before}");
        before = id;
    }
}

fn is_uuid(text: &str) -> bool {
    let digits =
        |part: &str| part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    text.split('-').map(str::len).eq([8, 4, 4, 4, 12]) && text.split('-').all(digits)
}

pub async fn match_on_names_the_unique_field(world: &World) {
    let email = world.email("taylor");
    let mut body = resource(person(&email, json!({})));
    body["match_on"] = "email_addresses".into();
    let first = world.post(PATH, body.clone()).await.data(201);
    assert_eq!(world.post(PATH, body).await.data(201)["id"], first["id"]);
}

pub async fn match_on_another_field_is_422(world: &World) {
    for field in ["title", "nothing", ""] {
        let mut body = resource(person(&world.email("taylor"), json!({})));
        body["match_on"] = field.into();
        world.post(PATH, body).await.refused_at(422, "/match_on");
    }
    let body = json!({ "data": { "type": "meeting", "attributes": {} }, "match_on": "title" });
    world.post("/objects/meeting/records", body).await.refused_at(422, "/match_on");
}

pub async fn the_systems_fields_are_shown(world: &World) {
    let record = world.create("meeting", json!({})).await;
    let shown = &record["attributes"];
    let form = world.either("2024-03-01T12:00:00Z", "2024-03-01T12:00:00.000Z");
    for name in ["_created_at", "_updated_at"] {
        let time = shown[name].as_str().unwrap();
        assert_eq!(time.len(), form.len(), "{time}");
        assert!(time.ends_with('Z') && time.parse::<jiff::Timestamp>().is_ok(), "{time}");
    }
    let mut names: Vec<_> = shown.as_object().unwrap().keys().map(String::as_str).collect();
    names.retain(|name| name.starts_with('_'));
    names.sort_unstable();
    let live = ["_created_at", "_created_by", "_id", "_merged_ids", "_updated_at", "_updated_by"];
    assert_eq!(names, world.either(vec!["_created_at", "_updated_at"], live.to_vec()));
    if world.is_live() {
        assert_eq!(shown["_id"], record["id"]);
        assert!(is_uuid(shown["_created_by"].as_str().unwrap()));
        assert_eq!(shown["_merged_ids"], json!({ "items": [] }));
    }
}

pub async fn fields_without_a_value_are_left_out_or_null(world: &World) {
    let sent = person(&world.email("taylor"), json!({ "title": null, "name": "Taylor" }));
    let record = world.create("person", sent).await;
    let got = world.attributes("person", record["id"].as_str().unwrap()).await;
    for shown in [&record["attributes"], &got] {
        let null = world.either(None, Some(&Value::Null));
        for name in ["title", "company_id", "phone_numbers", "labels", "linkedin"] {
            assert_eq!(shown.get(name), null, "{name}");
        }
        assert!(shown["name"] != Value::Null && shown["email_addresses"] != Value::Null);
    }
    let nameless = world.create("person", json!({})).await;
    assert_eq!(nameless["attributes"].get("name"), world.either(None, Some(&Value::Null)));
}

pub async fn a_match_replaces_collections_and_keeps_the_rest(world: &World) {
    let (old, new) = (world.email("old"), world.email("new"));
    let phones = json!({ "items": ["+14155550100"] });
    let mut first = person(&old, json!({ "title": "VP", "phone_numbers": phones }));
    first["email_addresses"]["items"] = json!([old, world.email("third")]);
    let id = world.created("person", first).await;
    let mut second = person(&old, json!({ "name": "Taylor Reeves" }));
    second["email_addresses"]["items"] = json!([new, old]);
    assert_eq!(world.upserted("person", second).await, id);
    let shown = world.attributes("person", &id).await;
    assert_eq!(shown["email_addresses"], json!({ "items": [new, old] }));
    assert_eq!((&shown["title"], &shown["name"]), (&json!("VP"), &world.name("Taylor Reeves")));
    assert_eq!(shown["phone_numbers"], phones);
}

pub async fn a_null_in_a_match_clears(world: &World) {
    let email = world.email("taylor");
    let id = world.created("person", person(&email, json!({ "title": "VP" }))).await;
    world.upsert("person", person(&email, json!({ "title": null }))).await;
    assert_eq!(world.attributes("person", &id).await["title"], Value::Null);
}

pub async fn another_objects_type_is_409(world: &World) {
    let body = json!({ "data": { "type": "company", "attributes": {} } });
    let problem = world.post(PATH, body).await.problem(409);
    assert!(problem.detail.starts_with("/data/type: "), "{problem:?}");
}

pub async fn silent_is_accepted_on_every_write(world: &World) {
    for silent in ["true", "false"] {
        let path = |rest: &str| format!("/objects/meeting/records{rest}?silent={silent}");
        let meeting = json!({ "type": "meeting", "attributes": {} });
        let created = world.post(&path(""), json!({ "data": meeting })).await.data(201);
        let id = created["id"].as_str().unwrap();
        let bulk = world.post(&path("/bulk"), json!({ "data": [meeting] })).await;
        let other = bulk.ids(201).remove(0);
        let named = json!({ "type": "meeting", "id": id, "attributes": {} });
        world.patch(&path(&format!("/{id}")), json!({ "data": named })).await.data(200);
        let item = json!({ "type": "meeting", "id": id, "attributes": { "title": "x" } });
        world.patch(&path(""), json!({ "data": [item] })).await.data(200);
        assert!(world.delete(&path(&format!("/{id}"))).await.is_done());
        let items = json!({ "items": [other] });
        assert!(world.delete_with(&path(""), items).await.is_done());
    }
    silent_links_and_merges(world).await;
    silent_schemas(world).await;
}

async fn silent_links_and_merges(world: &World) {
    let data = json!({ "type": "company", "attributes": {} });
    let path = "/objects/company/resources?silent=true";
    let made = world.post(path, json!({ "data": data })).await.data(201);
    let id = made["id"].as_str().unwrap();
    let (ana, ben) =
        (world.created("person", json!({})).await, world.created("person", json!({})).await);
    let path = format!("/objects/company/records/{id}/relationships/people?silent=true");
    let people = json!({ "data": [{ "type": "person", "id": ana }] });
    world.patch(&path, people.clone()).await.document(200);
    world.delete_with(&path, people).await.document(200);
    let data = json!({ "type": "person", "attributes": { "sources": [ben] } });
    let path = format!("/objects/person/records/{ana}/merges?silent=true");
    assert_eq!(world.post(&path, json!({ "data": data })).await.status, 204);
}

async fn silent_schemas(world: &World) {
    let label = world.unique("case");
    let body = json!({ "name": label, "plural": label });
    let schema = world.post("/schemas/objects?silent=true", body).await.data(201);
    let name = super::custom::name(&schema);
    let fields = json!({ "note": super::custom::text() });
    let data = json!({ "type": "schema-properties", "attributes": fields });
    let path = format!("/schemas/{name}/properties?silent=true");
    world.post(&path, json!({ "data": data })).await.document(202);
    world.delete(&format!("/schemas/objects/{name}?silent=true")).await.data(200);
}

pub async fn a_create_says_whether_it_matched(world: &World) {
    let body = world.matching("person", resource(person(&world.email("taylor"), json!({}))));
    let first = world.post(PATH, body.clone()).await;
    assert_eq!(first.header("clarify-matched"), Some(""), "present, and no position in it");
    assert_eq!(world.post(PATH, body).await.header("clarify-matched"), Some("0"));
    let typed = Person { email_addresses: vec![world.email("kim")], ..Person::default() };
    let outcomes = [Outcome::Created, Outcome::Matched];
    for outcome in outcomes {
        let saved = world.people().upsert(&typed).await.unwrap();
        assert_eq!(saved.outcome, Some(outcome));
    }
}

pub async fn a_match_needs_no_required_field_that_is_there(world: &World) {
    let number = world.unique("T");
    let ticket = json!({ "number": number, "subject": "It is broken" });
    let id = world.created("c_ticket", ticket).await;
    assert_eq!(world.upserted("c_ticket", json!({ "number": number, "votes": 5 })).await, id);
    assert_eq!(world.attributes("c_ticket", &id).await["subject"], "It is broken");
    let new = json!({ "number": world.unique("T"), "votes": 5 });
    let body = json!({ "data": { "type": "c_ticket", "attributes": new } });
    let answer = world.post("/objects/c_ticket/records", body).await;
    answer.refused_at(422, "/data/attributes/subject");
}
