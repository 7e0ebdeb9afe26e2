//! `include=` of reads.

use serde_json::{Value, json};

use crate::World;

/// Two people of one company, which is of another's industry, and a task of the first.
struct Team {
    company: String,
    people: [String; 2],
    task: String,
}

async fn team(world: &World) -> Team {
    let company = world.created("company", json!({ "name": world.unique("Acme") })).await;
    let person = |name| json!({ "name": name, "company_id": company });
    let people = [
        world.created("person", person("Ana Lee")).await,
        world.created("person", person("Ben Ode")).await,
    ];
    let task = json!({ "title": "Call", "person_id": people[0] });
    let task = world.created("task", task).await;
    Team { company, people, task }
}

async fn get(world: &World, object: &str, id: &str, include: &str) -> Value {
    world.get(&format!("/objects/{object}/records/{id}?include={include}")).await.document(200)
}

fn ids(document: &Value) -> Vec<&str> {
    let included = document["included"].as_array().expect("`included` is a list");
    included.iter().map(|record| record["id"].as_str().unwrap()).collect()
}

pub async fn a_link_is_shown_with_its_record(world: &World) {
    let Team { company, people, .. } = team(world).await;
    let document = get(world, "person", &people[0], "company_id").await;
    let link = json!({ "data": { "type": "company", "id": company } });
    assert_eq!(document["data"]["relationships"], json!({ "company_id": link }));
    let whole = world.get(&format!("/objects/company/records/{company}")).await.data(200);
    assert_eq!(document["included"], json!([whole]));
    let alone = world.get(&format!("/objects/person/records/{}", people[0])).await.data(200);
    assert_eq!(document["data"]["attributes"], alone["attributes"]);
    assert!(alone.get("relationships").is_none());
}

pub async fn the_documented_name_of_a_link_is_taken(world: &World) {
    let Team { company, people, .. } = team(world).await;
    let path = format!("/objects/person/records/{}?include=companies", people[0]);
    let answer = world.get(&path).await;
    if world.is_live() {
        answer.problem(400);
        return;
    }
    let document = answer.document(200);
    assert_eq!(document["data"]["relationships"]["companies"]["data"]["id"], company);
    assert_eq!(ids(&document), [&*company]);
}

pub async fn many_records_have_a_count(world: &World) {
    let Team { company, people, .. } = team(world).await;
    let document = get(world, "company", &company, "people,deals").await;
    let shown = &document["data"]["relationships"];
    let reference = |id| json!({ "type": "person", "id": id });
    let data = json!([reference(&people[0]), reference(&people[1])]);
    assert_eq!(shown["people"], json!({ "data": data, "meta": { "count": 2 } }));
    assert_eq!(shown["deals"], json!({ "data": [], "meta": { "count": 0 } }));
    assert_eq!(ids(&document), [&*people[0], &*people[1]]);
}

pub async fn no_link_is_null(world: &World) {
    let id = world.created("person", json!({})).await;
    let document = get(world, "person", &id, "company_id").await;
    assert_eq!(document["data"]["relationships"], json!({ "company_id": { "data": null } }));
    assert_eq!(document["included"], json!([]));
}

pub async fn a_list_includes_each_record_once(world: &World) {
    let Team { company, people, .. } = team(world).await;
    let query = format!("filter[company_id]={company}&include=company_id");
    let document = world.list("person", &query).await.document(200);
    assert_eq!(document["meta"]["total_records"], 2);
    assert_eq!(ids(&document), [&*company]);
    for (place, person) in people.iter().enumerate() {
        assert_eq!(document["data"][place]["id"], **person);
        let link = &document["data"][place]["relationships"]["company_id"]["data"];
        assert_eq!(link["id"], company);
    }
}

pub async fn paths_lead_on_from_record_to_record(world: &World) {
    let Team { company, people, task } = team(world).await;
    let document = get(world, "task", &task, "person_id.company_id.people").await;
    assert_eq!(ids(&document), [&*people[0], &*company, &*people[1]]);
    let shown = |id: &str| {
        let records = document["included"].as_array().unwrap().iter();
        let record = records.clone().find(|record| record["id"] == id).unwrap();
        record["relationships"].clone()
    };
    assert_eq!(shown(&people[0])["company_id"]["data"]["id"], company);
    assert_eq!(shown(&company)["people"]["meta"]["count"], 2);
    assert!(shown(&people[1]).is_null(), "nothing of it was asked for");
}

pub async fn a_record_that_was_asked_for_is_not_included_too(world: &World) {
    let Team { company, people, .. } = team(world).await;
    let document = get(world, "person", &people[0], "company_id.people").await;
    assert_eq!(ids(&document), [&*company, &*people[1]]);
}

pub async fn included_records_have_their_fields_chosen(world: &World) {
    let Team { company, people, .. } = team(world).await;
    let path = format!("/objects/person/records/{}", people[0]);
    let query = "include=company_id&fields[company]=name&fields[person]=title";
    let document = world.get(&format!("{path}?{query}")).await.document(200);
    let name = world.attributes("company", &company).await["name"].clone();
    assert_eq!(document["included"][0]["attributes"], json!({ "name": name }));
    assert!(document["data"]["attributes"].get("name").is_none());
}

pub async fn an_include_that_can_not_be_is_400(world: &World) {
    let Team { people, .. } = team(world).await;
    for (include, named) in [
        ("nothing", "nothing"),
        ("title", "title"),
        ("company_id.nothing", "nothing"),
        ("company_id.people.company_id.people", "more than 3"),
    ] {
        let path = format!("/objects/person/records/{}?include={include}", people[0]);
        let problem = world.get(&path).await.problem(400);
        assert!(problem.detail.contains(named), "{problem:?}");
    }
    let both = world.list("person", "include=nothing,company_id,nowhere").await.refused(400);
    assert_eq!(both.len(), 2);
}

pub async fn a_list_has_included_as_its_contract_says(world: &World) {
    let Team { company, .. } = team(world).await;
    let query = format!("filter[company_id]={company}");
    let document = world.list("person", &query).await.document(200);
    let expected = world.either(None, Some(json!([])));
    assert_eq!(document.get("included"), expected.as_ref());
}
