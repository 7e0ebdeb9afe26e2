//! `POST /objects/{object}/records/bulk`.

use clarify_core::Batch;
use serde_json::{Value, json};

use crate::World;
use crate::objects::Person;

const PATH: &str = "/objects/person/records/bulk";

fn person(email: &str, title: &str) -> Value {
    json!({ "email_addresses": { "items": [email] }, "title": title })
}

/// How many people have an e-mail address with this in it.
async fn count(world: &World, email: &str) -> usize {
    let query = format!("filter[email_addresses][Contains]={email}");
    world.list("person", &query).await.ids(200).len()
}

fn typed(email: String) -> Person {
    Person { email_addresses: vec![email], ..Person::default() }
}

pub async fn a_bulk_create_makes_every_record_in_order(world: &World) {
    let emails = [world.email("taylor"), world.email("jordan"), world.email("kim")];
    let people: Vec<_> = emails.iter().map(|email| person(email, "VP")).collect();
    let data = world.bulk_create("person", &people).await.data(201);
    let shown: Vec<_> = data.as_array().unwrap().iter().map(|r| &r["attributes"]).collect();
    for (shown, email) in shown.iter().zip(&emails) {
        assert_eq!(shown["email_addresses"], json!({ "items": [email] }));
    }
    assert_eq!(shown.len(), 3);
    let batch: Vec<_> = ["a", "b"].map(|name| typed(world.email(name))).into();
    let saved = world.people().bulk_create(&Batch::try_from(batch.clone()).unwrap()).await.unwrap();
    assert_eq!(saved.into_iter().map(|record| record.attributes).collect::<Vec<_>>(), batch);
}

pub async fn a_batch_of_25_is_accepted_and_of_26_as_the_contract_says(world: &World) {
    let emails: Vec<_> = (0..51).map(|n| world.email(&format!("n{n}"))).collect();
    let people: Vec<_> = emails.iter().map(|email| person(email, "VP")).collect();
    assert_eq!(world.bulk_create("person", &people[26..]).await.ids(201).len(), 25);
    let answer = world.bulk_create("person", &people[..26]).await;
    if world.is_live() {
        assert_eq!(answer.ids(201).len(), 26);
        let many = vec![json!({}); 1001];
        assert_eq!(world.bulk_create("meeting", &many).await.ids(201).len(), 1001);
    } else {
        answer.refused_at(422, "/data");
        assert_eq!(count(world, &emails[0]).await, 0);
    }
}

pub async fn a_batch_with_one_bad_record_writes_nothing(world: &World) {
    let (good, matched) = (world.email("good"), world.email("matched"));
    let id = world.created("person", person(&matched, "VP")).await;
    let bad = json!({ "title": 5 });
    let batch = [person(&good, "VP"), person(&matched, "CRO"), bad];
    let answer = world.bulk_upsert("person", &batch).await;
    answer.refused_at(422, "/data/2/attributes/title");
    assert_eq!(count(world, &good).await, 0);
    assert_eq!(world.attributes("person", &id).await["title"], "VP");
}

pub async fn matching_applies_per_record(world: &World) {
    let (old, new) = (world.email("old"), world.email("new"));
    let id = world.created("person", person(&old, "VP")).await;
    let batch = [person(&new, "CTO"), person(&old, "CRO")];
    let ids = world.bulk_upsert("person", &batch).await.ids(201);
    assert_eq!(ids[1], id);
    assert_ne!(ids[0], id);
    assert_eq!(world.attributes("person", &id).await["title"], "CRO");
    let people = Batch::of([typed(old), typed(new)]);
    let saved = world.people().bulk_upsert(&people).await.unwrap();
    assert_eq!([saved[0].id.as_str(), saved[1].id.as_str()], [&*id, &*ids[0]]);
}

pub async fn an_existing_unique_value_in_a_batch_is_matched_or_refused(world: &World) {
    let [old, new, twice] = ["old", "new", "twice"].map(|name| world.email(name));
    let id = world.created("person", person(&old, "VP")).await;
    let batch = [person(&new, "1"), person(&old, "2"), person(&twice, "3"), person(&twice, "4")];
    let answer = world.bulk_create("person", &batch).await;
    if world.is_live() {
        let problems = answer.refused(400);
        let places: Vec<_> = problems.iter().filter_map(|p| p.pointer.as_deref()).collect();
        let at = ["/data/1/attributes/email_addresses", "/data/3/attributes/email_addresses"];
        assert_eq!(places, at);
        assert!(problems[0].detail.contains(&id), "{problems:?}");
        assert_eq!(count(world, &new).await + count(world, &twice).await, 0);
        assert_eq!(world.attributes("person", &id).await["title"], "VP");
    } else {
        let ids = answer.ids(201);
        assert_eq!((&ids[1], &ids[2]), (&id, &ids[3]));
    }
}

pub async fn records_of_a_batch_match_one_another(world: &World) {
    let (ana, ben) = (world.email("ana"), world.email("ben"));
    let batch = [person(&ana, "first"), person(&ben, "other"), person(&ana, "last")];
    let answer = world.bulk_upsert("person", &batch).await;
    let ids = answer.ids(201);
    assert_eq!(ids[0], ids[2]);
    assert_ne!(ids[0], ids[1]);
    let data = answer.data(201);
    assert_eq!(data[0], data[2], "both show the final state");
    assert_eq!(data[0]["attributes"]["title"], "last");
    assert_eq!(count(world, &ana).await, 1);
}

pub async fn every_problem_of_a_batch_is_in_one_answer(world: &World) {
    let good = world.email("good");
    let batch = [
        person(&good, "VP"),
        json!({ "title": 5, "nickname": "x" }),
        json!({ "email_addresses": ["plain@example.com"] }),
        json!({ "email_addresses": { "items": ["a@example.com", "no address"] } }),
    ];
    let problems = world.bulk_create("person", &batch).await.refused(422);
    let places: Vec<_> = problems.iter().map(|p| (p.status, p.pointer.clone().unwrap())).collect();
    let expected = [
        "/data/1/attributes/nickname",
        "/data/1/attributes/title",
        "/data/2/attributes/email_addresses",
        "/data/3/attributes/email_addresses/items/1",
    ];
    assert_eq!(places, expected.map(|place| (422, place.to_owned())));
    assert_eq!(count(world, &good).await, 0);
    let mixed = [json!({ "employee_count": 0.000_01 }), json!({ "name": 5 })];
    let problems = world.bulk_create("company", &mixed).await.refused(422);
    assert_eq!(problems.iter().map(|p| p.status).collect::<Vec<_>>(), [400, 422]);
}

pub async fn a_batch_whose_problems_are_all_400_is_400(world: &World) {
    let good = world.domain("good");
    let batch = [
        json!({ "domains": { "items": [good] } }),
        json!({ "employee_count": 0.000_01 }),
        json!({ "employee_count": 1_000_000_000_000_i64 }),
    ];
    let problems = world.bulk_create("company", &batch).await.refused(400);
    let places: Vec<_> = problems.iter().map(|p| (p.status, p.pointer.as_deref())).collect();
    let at = |place| (400, Some(place));
    let expected =
        [at("/data/1/attributes/employee_count"), at("/data/2/attributes/employee_count")];
    assert_eq!(places, expected);
}

pub async fn a_collision_in_a_batch_is_named_and_nothing_is_written(world: &World) {
    let (ana, ben, new) = (world.email("ana"), world.email("ben"), world.email("new"));
    let first = world.created("person", person(&ana, "VP")).await;
    let second = world.created("person", person(&ben, "VP")).await;
    let both = json!({ "email_addresses": { "items": [ana, ben] } });
    let answer = world.bulk_upsert("person", &[person(&new, "VP"), both]).await;
    let problem = answer.refused_at(400, "/data/1/attributes/email_addresses");
    assert!(problem.detail.contains(&first) && problem.detail.contains(&second), "{problem:?}");
    assert_eq!(count(world, &new).await, 0);
}

pub async fn an_empty_batch_is_422(world: &World) {
    world.post(PATH, json!({ "data": [] })).await.refused_at(422, "/data");
}

pub async fn an_id_in_a_batch_is_422_at_its_place(world: &World) {
    let good = json!({ "type": "person", "attributes": {} });
    let bad = json!({ "type": "person", "id": "per_1", "attributes": {} });
    let answer = world.post(PATH, json!({ "data": [good, bad] })).await;
    answer.refused_at(422, "/data/1/id");
}

pub async fn a_bulk_create_says_which_positions_matched(world: &World) {
    let [a, b, c] = ["a", "b", "c"].map(|name| world.email(name));
    let batch = [person(&a, "1"), person(&b, "2"), person(&a, "3"), person(&c, "4")];
    let answer = world.bulk_upsert("person", &batch).await;
    assert_eq!(answer.header("clarify-matched"), Some("2"));
    let answer = world.bulk_upsert("person", &batch).await;
    assert_eq!(answer.header("clarify-matched"), Some("0,1,2,3"));
}

pub async fn match_on_stands_beside_the_data_of_a_batch(world: &World) {
    let email = world.email("ana");
    let record = json!({ "type": "person", "attributes": person(&email, "VP") });
    let body = |field: &str| json!({ "data": [record], "match_on": field });
    world.post(PATH, body("title")).await.refused_at(422, "/match_on");
    let first = world.post(PATH, body("email_addresses")).await.ids(201);
    assert_eq!(world.post(PATH, body("email_addresses")).await.ids(201), first);
}

pub async fn what_is_wrong_with_a_body_hides_no_collision(world: &World) {
    let (ana, ben) = (world.email("ana"), world.email("ben"));
    for email in [&ana, &ben] {
        world.created("person", json!({ "email_addresses": { "items": [email] } })).await;
    }
    let both = json!({ "email_addresses": { "items": [ana, ben] } });
    let answer = world.bulk_upsert("person", &[json!({ "nope": 1 }), both]).await;
    let refused = answer.refused(422);
    let found: Vec<_> = refused.iter().map(|r| (r.status, r.pointer.as_deref())).collect();
    let unknown = (422, Some("/data/0/attributes/nope"));
    let collision = (400, Some("/data/1/attributes/email_addresses"));
    assert_eq!(found, [unknown, collision]);
}

pub async fn a_bulk_create_answers_as_a_page(world: &World) {
    let document = world.bulk_create("meeting", &[json!({}), json!({})]).await.document(201);
    assert_eq!(document["data"].as_array().unwrap().len(), 2);
    assert!(document["links"].is_object(), "{document}");
    assert_eq!(document["meta"]["total_records"], 2);
    assert_eq!(document["meta"]["total_pages"], 1);
}

pub async fn another_objects_type_in_a_batch_is_409(world: &World) {
    let emails = json!({ "items": [world.email("ana")] });
    let good = json!({ "type": "person", "attributes": { "email_addresses": emails } });
    let other = json!({ "type": "company", "attributes": {} });
    let problem = world.post(PATH, json!({ "data": [good, other] })).await.problem(409);
    assert!(problem.detail.starts_with("/data/1/type: "), "{problem:?}");
    assert_eq!(count(world, emails["items"][0].as_str().unwrap()).await, 0);
}
