//! The dialect of the hosted service: what it refuses, and how little it says of it.

use clarify_tests::misbehaving::Dialect;
use clarify_tests::{Answer, World, objects};
use serde_json::{Value, json};

use crate::common::{before, stored, world};
use crate::live::live;

async fn refused_batch(live: &World, name: &str) -> Answer {
    let bad = json!({ "name": name, "amount": "much" });
    let worse = json!({ "name": 5 });
    live.bulk_create("deal", &[json!({ "name": format!("{name} too") }), bad, worse]).await
}

#[tokio::test]
async fn a_batch_is_told_one_problem_and_never_the_record() {
    let (server, _proxy, live) = live();
    let mut with_pointer = 0;
    for number in 0..40 {
        let problem = refused_batch(&live, &format!("Deal {number}")).await.problem(422);
        assert!(!problem.detail.contains("/data/1"), "{problem:?}");
        match problem.pointer.as_deref() {
            Some("/data/attributes/amount") => with_pointer += 1,
            pointer => assert_eq!(pointer, None),
        }
    }
    assert!((8..=32).contains(&with_pointer), "{with_pointer}");
    assert_eq!(stored(&server, "deal").await, 0);
}

#[tokio::test]
async fn the_seed_decides_which_batch_has_a_pointer() {
    let pointers = async |seed| {
        let (_server, proxy) = before(|proxy| proxy.dialect(Dialect::Live).seed(seed));
        let live = world(&proxy.url());
        let mut pointers = Vec::new();
        for number in 0..12 {
            let problem = refused_batch(&live, &format!("Deal {number}")).await.problem(422);
            pointers.push(problem.pointer.is_some());
        }
        pointers
    };
    assert_eq!(pointers(7).await, pointers(7).await);
    assert_ne!(pointers(7).await, pointers(8).await);
}

#[tokio::test]
async fn one_record_has_its_pointer() {
    let (_server, _proxy, live) = live();
    let bad = json!({ "name": 5, "amount": "much" });
    let body = json!({ "data": { "type": "deal", "attributes": bad } });
    let answer = live.post("/objects/deal/records", body).await;
    let problem = answer.problem(422);
    let pointer = problem.pointer.unwrap();
    assert!(pointer.starts_with("/data/attributes/"), "{pointer}");
    assert!(problem.detail.starts_with(&format!("{pointer}: ")), "{}", problem.detail);
    assert_eq!(answer.document(422)["errors"][0]["title"], "Invalid input");
}

#[tokio::test]
async fn a_create_that_would_match_is_refused_unless_it_asks_to() {
    let (server, _proxy, live) = live();
    live.create("deal", json!({ "name": "Renewal" })).await;
    let create = |object: &str, attributes: Value| {
        let body = json!({ "data": { "type": object, "attributes": attributes } });
        (format!("/objects/{object}/records"), body)
    };
    let (path, mut body) = create("deal", json!({ "name": "Renewal", "amount": 5 }));
    live.post(&path, body.clone()).await.refused_at(400, "/data/attributes/name");
    body["match_on"] = json!("name");
    live.post(&path, body).await.data(201);
    assert_eq!(stored(&server, "deal").await, 1);
    let mails = |items: &[&str]| json!({ "email_addresses": { "items": items } });
    live.create("person", mails(&["ana@example.com"])).await;
    let (path, body) = create("person", mails(&["new@example.com", "ANA@example.com"]));
    live.post(&path, body).await.refused_at(400, "/data/attributes/email_addresses");
    for _ in 0..2 {
        live.create("person", json!({})).await;
        live.create("deal", json!({ "name": "" })).await;
        live.create("task", json!({ "title": "Renewal" })).await;
    }
}

#[tokio::test]
async fn a_batch_that_would_match_is_refused_whole() {
    let (server, _proxy, live) = live();
    live.create("c_sales_order", json!({ "order_number": "O-1" })).await;
    let orders = |numbers: &[&str]| -> Vec<Value> {
        numbers.iter().map(|number| json!({ "order_number": number })).collect()
    };
    live.bulk_create("c_sales_order", &orders(&["O-2", "O-1"])).await.problem(400);
    live.bulk_create("c_sales_order", &orders(&["O-2", "O-2"])).await.problem(400);
    live.bulk_create("c_sales_order", &orders(&["O-2", "O-3"])).await.data(201);
    assert_eq!(stored(&server, "c_sales_order").await, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_creates_of_one_value_at_once_one_is_done() {
    let (server, proxy, _live) = live();
    let calls: Vec<_> = (0..12)
        .map(|number| {
            let live = world(&proxy.url());
            tokio::spawn(async move {
                let mut body = json!({ "data": { "type": "deal", "attributes": { "name": "A" } } });
                if number % 4 == 3 {
                    body["match_on"] = json!("name");
                }
                (number % 4 == 3, live.post("/objects/deal/records", body).await.status)
            })
        })
        .collect();
    let mut created = 0;
    for call in calls {
        let (matches, status) = call.await.unwrap();
        assert!(status == 201 || (!matches && status == 400), "{status}");
        created += usize::from(!matches && status == 201);
    }
    assert!(created <= 1, "{created}");
    assert_eq!(stored(&server, "deal").await, 1);
}

#[tokio::test]
async fn an_update_must_name_its_record() {
    let (_server, _proxy, live) = live();
    let id = live.created("task", json!({})).await;
    let path = format!("/objects/task/records/{id}");
    let mut body = json!({ "data": { "type": "task", "attributes": { "title": "A" } } });
    live.patch(&path, body.clone()).await.refused_at(422, "/data/id");
    let bulk = json!({ "data": [body["data"]] });
    live.patch("/objects/task/records", bulk).await.problem(422);
    body["data"]["id"] = json!(id);
    assert_eq!(live.patch(&path, body).await.data(200)["attributes"]["title"], "A");
}

#[tokio::test]
async fn the_single_form_fails_for_custom_objects_alone() {
    let (_server, proxy, live) = live();
    let id = live.created("c_product", json!({ "name": "Pen" })).await;
    let record = json!({ "type": "c_product", "id": id, "attributes": { "name": "Ink" } });
    let single = json!({ "data": record });
    let refused = live.patch(&format!("/objects/c_product/records/{id}"), single).await;
    refused.refused(500);
    assert!(!proxy.requests().pop().unwrap().forwarded);
    assert_eq!(live.attributes("c_product", &id).await["name"], "Pen");
    let bulk = live.patch("/objects/c_product/records", json!({ "data": [record] })).await;
    assert_eq!(bulk.data(200)[0]["attributes"]["name"], "Ink");
}

#[tokio::test]
async fn what_is_missing_is_named_by_its_uuid_and_without_a_place() {
    let (_server, _proxy, live) = live();
    let gone = live.created("task", json!({})).await;
    live.delete(&format!("/objects/task/records/{gone}")).await;
    let record = json!({ "type": "task", "id": gone, "attributes": {} });
    let bulk = live.patch("/objects/task/records", json!({ "data": [record, record] })).await;
    for answer in [live.get(&format!("/objects/task/records/{gone}")).await, bulk] {
        for problem in answer.refused(404) {
            assert!(problem.detail.contains(&gone) && problem.pointer.is_none(), "{problem:?}");
        }
    }
    let delete = live.delete_with("/objects/task/records", json!({ "items": [gone] })).await;
    delete.refused(404);
}

#[tokio::test]
async fn what_can_not_be_read_is_refused_by_the_service() {
    let (_server, _proxy, live) = live();
    for (body, status) in [("{", 400), ("[]", 422), (r#"{"data":[]}"#, 422), (r#"{"data":5}"#, 422)]
    {
        let request = live.request(http::Method::POST, "/objects/deal/records/bulk");
        let request = request.header("Content-Type", "application/json").body(body);
        assert_eq!(Answer::of(request).await.status, status, "{body}");
    }
    live.list("nothing", "").await.refused(404);
    let too_many: Vec<_> = (0..26).map(|n| json!({ "name": format!("{n}") })).collect();
    live.bulk_create("deal", &too_many).await.problem(422);
}

#[test]
fn all_objects_are_known() {
    let (_server, proxy) = before(|proxy| proxy.dialect(Dialect::Live).objects(objects::ALL));
    for object in objects::ALL {
        assert_eq!(proxy.shown_id(&object.name, "x").len(), 36);
    }
}
