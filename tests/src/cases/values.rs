//! Values of every kind, good and bad.

use clarify_core::{Decimal, PersonName, Record, RecordId, RichText};
use serde_json::{Value, json};

use super::custom::Custom;
use crate::objects::{
    Company, Deal, DealStage, OrderMark, OrderStatus, Person, SalesOrder, Task, TaskStatus,
};
use crate::{Answer, World, written};

/// Creates a record from the text of its attributes, so that numbers are as they are written.
async fn post(world: &World, object: &str, attributes: &str) -> Answer {
    let body = format!(r#"{{"data":{{"type":"{object}","attributes":{attributes}}}}}"#);
    let request = world.request(http::Method::POST, &format!("/objects/{object}/records"));
    Answer::of(request.header("Content-Type", "application/json").body(body)).await
}

/// That a value is refused with this status, at its field.
async fn refused(world: &World, object: &str, field: &str, value: Value, status: u16) {
    let answer = world.bulk_create(object, &[json!({ field: value })]).await;
    let problem = answer.problem(status);
    let pointer = problem.pointer.unwrap_or_default();
    assert!(pointer.starts_with(&format!("/data/0/attributes/{field}")), "{}", answer.text);
    assert_eq!(problem.status, status);
}

pub async fn the_text_of_a_number_survives(world: &World) {
    for text in ["999999999999.9999", "-999999999999.9999", "0.0001", "12.50", "1.5e2", "0"] {
        let created = post(world, "company", &format!(r#"{{"employee_count":{text}}}"#)).await;
        let kept = format!(r#""employee_count":{text}"#);
        assert!(created.text.contains(&kept), "{}", created.text);
        let id = created.data(201)["id"].as_str().unwrap().to_owned();
        let path = format!("/objects/company/records/{id}");
        world.update("company", &id, json!({ "name": "changed" })).await.data(200);
        let got = world.get(&path).await;
        assert!(got.text.contains(&kept), "{}", got.text);
        let typed = world.companies().get(RecordId::<Company>::new(id)).await.unwrap();
        assert_eq!(typed.attributes.employee_count, Some(text.parse().unwrap()), "{text}");
    }
}

pub async fn a_number_out_of_range_is_400(world: &World) {
    for text in ["1000000000000", "-1000000000000", "0.00001", "1e12", "1e999", "1e-5"] {
        let answer = post(world, "company", &format!(r#"{{"employee_count":{text}}}"#)).await;
        answer.refused_at(400, "/data/attributes/employee_count");
    }
    for other in [json!("5"), json!(true), json!([5])] {
        refused(world, "company", "employee_count", other, 422).await;
    }
}

pub async fn an_unknown_attribute_is_422(world: &World) {
    refused(world, "person", "nickname", json!("x"), 422).await;
    refused(world, "person", "Title", json!("x"), 422).await;
    let id = world.created("person", json!({})).await;
    let answer = world.update("person", &id, json!({ "nickname": null })).await;
    answer.refused_at(422, "/data/attributes/nickname");
}

pub async fn a_system_field_is_422(world: &World) {
    for field in ["_id", "_created_at", "_updated_at", "_anything"] {
        refused(world, "person", field, json!("2024-03-01T12:00:00Z"), 422).await;
    }
}

pub async fn an_option_in_another_case_is_422(world: &World) {
    for option in ["to do", "TO DO", "To Do ", "", "Blocked"] {
        refused(world, "task", "status", json!(option), 422).await;
    }
    let created = world.create("task", json!({ "status": "To Do" })).await;
    assert_eq!(created["attributes"]["status"], "To Do");
    let task = Task { status: Some(TaskStatus::InProgress), ..Task::default() };
    assert_eq!(world.tasks().create(&task).await.unwrap().attributes, task);
}

pub async fn a_bad_email_address_is_422(world: &World) {
    for bad in ["ana", "ana@", "@example.com", "a b@example.com", "ana@example", ""] {
        let emails = json!({ "items": [world.email("good"), bad] });
        let answer = world.bulk_create("person", &[json!({ "email_addresses": emails })]).await;
        answer.refused_at(422, "/data/0/attributes/email_addresses/items/1");
    }
}

pub async fn plain_rich_text_is_422(world: &World) {
    refused(world, "task", "description", json!("plain"), 422).await;
    let block = json!({ "type": "paragraph", "children": [{ "text": "Call", "bold": true }] });
    let task = Task { description: Some(RichText { blocks: vec![block] }), ..Task::default() };
    assert_eq!(world.tasks().create(&task).await.unwrap().attributes, task);
}

pub async fn a_value_of_another_shape_is_422(world: &World) {
    let cases = [
        ("task", "due_date", json!("2024-02-30")),
        ("task", "due_date", json!("01.03.2024")),
        ("task", "due_date", json!(20_240_301)),
        ("meeting", "start", json!("2024-03-01")),
        ("meeting", "start", json!("noon")),
        ("meeting", "all_day", json!("true")),
        ("meeting", "all_day", json!(1)),
        ("person", "title", json!(5)),
        ("person", "title", json!(["x"])),
        ("person", "company_id", json!(5)),
    ];
    for (object, field, value) in cases {
        refused(world, object, field, value, 422).await;
    }
}

pub async fn a_persons_name_has_the_contracts_form(world: &World) {
    let parts = json!({ "first_name": "Ana", "last_name": "Lee" });
    let whole = json!({ "first_name": "Ana", "last_name": "Lee", "full_name": "Ana Lee" });
    for name in [json!("Ana Lee"), parts, whole] {
        let record = world.create("person", json!({ "name": name })).await;
        assert_eq!(record["attributes"]["name"], world.name("Ana Lee"));
        let id = record["id"].as_str().unwrap();
        assert_eq!(world.attributes("person", id).await["name"], world.name("Ana Lee"));
        let typed = world.people().get(RecordId::<Person>::new(id)).await.unwrap();
        assert_eq!(typed.attributes.name.as_deref(), Some("Ana Lee"));
    }
    let other = json!({ "first_name": "Ana", "last_name": null, "full_name": "Dr Ana Lee" });
    let record = world.create("person", json!({ "name": other })).await;
    assert_eq!(record["attributes"]["name"], world.either(json!("Dr Ana Lee"), other));
}

pub async fn a_name_is_found_by_its_whole_text(world: &World) {
    let (last, other) = (world.unique("Lee"), world.unique("Kim"));
    let ids = [
        world.created("person", json!({ "name": format!("Ana {last}") })).await,
        world.created("person", json!({ "name": { "full_name": format!("Ben {last}") } })).await,
        world.created("person", json!({ "name": { "last_name": other } })).await,
    ];
    let found = async |filter: &str| world.list("person", &format!("filter[name]{filter}")).await;
    assert_eq!(found(&format!("=Ana {last}")).await.ids(200), ids[..1]);
    let both = format!("[Ends with]={last}&sortOrder[column]=name&sortOrder[dir]=DESC");
    assert_eq!(found(&both).await.ids(200), [&*ids[1], &ids[0]]);
    assert_eq!(found(&format!("[Contains]={}", other.to_uppercase())).await.ids(200), ids[2..]);
}

pub async fn a_text_slot_takes_the_full_name(world: &World) {
    let name = json!({ "first_name": "Ana", "last_name": "Lee", "full_name": "Ana Lee" });
    let record = world.create("person", json!({ "company_name": name })).await;
    assert_eq!(record["attributes"]["company_name"], "Ana Lee");
    refused(world, "person", "company_name", json!({ "anything": 1 }), 422).await;
}

pub async fn a_location_is_passed_through(world: &World) {
    for location in
        [json!({ "city": "Genève", "geo": [46.2, 6.1, null] }), json!("Genève"), json!(5)]
    {
        let record = world.create("company", json!({ "location": location })).await;
        assert_eq!(record["attributes"]["location"], location);
    }
}

pub async fn any_text_survives(world: &World) {
    let texts = [
        "",
        " ",
        "Größe",
        "日本語",
        "😀",
        "a\u{0}b",
        "\u{feff}x",
        "a\"b\\c\n\t",
        "'; --",
        "e\u{301}",
    ];
    for text in texts {
        let person = Person { title: Some(text.to_owned()), ..Person::default() };
        let saved = world.people().create(&person).await.unwrap();
        let got = world.people().get(&saved).await.unwrap();
        assert_eq!(got.attributes.title.as_deref(), Some(text), "{text:?}");
    }
}

fn order(world: &World, company: &Record<Company>) -> SalesOrder {
    SalesOrder {
        order_number: world.unique("order"),
        note: Some("as agreed".into()),
        total: Some("999999999999.9999".parse().unwrap()),
        paid: Some(false),
        status: Some(OrderStatus::InTransit),
        marks: vec![OrderMark::Gift, OrderMark::Rush],
        contacts: vec![world.email("ana")],
        ordered_on: Some("2024-02-29".parse().unwrap()),
        shipped_at: Some("2024-03-01T12:00:00.123Z".parse().unwrap()),
        company_id: Some(company.id.clone()),
        buyer: None,
        ship_to: Some(json!({ "city": "Genève" })),
    }
}

pub async fn every_kind_survives_through_the_client(world: &World) {
    let cern = Company { domains: vec![world.domain("cern")], ..Company::default() };
    let company = world.companies().upsert(&cern).await.unwrap();
    let order = order(world, &company);
    let saved = world.orders().upsert(&order).await.unwrap();
    assert_eq!(saved.attributes, order);
    assert_eq!(world.orders().get(&saved).await.unwrap().attributes, order);
    let deal = Deal {
        name: world.unique("deal"),
        stage: Some(DealStage::Other("Handshake".into())),
        amount: Some(Decimal::from(5)),
        close_date: Some("2024-03-01".parse().unwrap()),
        company_id: Some(company.id),
    };
    assert_eq!(world.deals().upsert(&deal).await.unwrap().attributes, deal);
    let buyer = Some(PersonName::full("Ana Lee"));
    let named = SalesOrder { buyer, ..SalesOrder::numbered(world.unique("order")) };
    assert_eq!(world.orders().upsert(&named).await.unwrap().attributes, named);
}

pub async fn every_known_field_is_kept(world: &World) {
    let link = world.unique("id");
    let items = json!({ "items": ["Hot"] });
    let text = "x";
    let known = [
        (
            "person",
            json!({
                "email_addresses": { "items": [world.email("ana")] },
                "phone_numbers": { "items": ["+14155550100"] },
                "title": text, "job_title": text, "company_name": text, "company_id": link,
                "linkedin": text, "description": text, "labels": items,
            }),
        ),
        (
            "company",
            json!({
                "name": text, "domains": { "items": [world.domain("x")] }, "industry": text,
                "employee_count": 5, "location": { "city": text }, "description": text, "labels": items,
            }),
        ),
        (
            "deal",
            json!({
                "name": world.unique("deal"), "stage": text, "amount": 5, "close_date": "2024-03-01",
                "description": text, "owner_id": link, "company_id": link, "labels": items,
            }),
        ),
        (
            "meeting",
            json!({
                "title": text, "start": "2024-03-01T12:00:00Z", "end": "2024-03-01T13:00:00Z",
                "all_day": false, "visibility": text, "participants": [{ "name": text }],
                "summary": text,
            }),
        ),
        (
            "task",
            json!({
                "title": text, "description": { "text": [] }, "status": "Canceled", "priority": "Urgent",
                "due_date": "2024-03-01", "assignee_id": link, "person_id": link, "company_id": link,
                "deal_id": link, "meeting_id": link,
            }),
        ),
    ];
    for (object, attributes) in known {
        let id = world.created(object, attributes.clone()).await;
        assert_eq!(written(world.attributes(object, &id).await), attributes, "{object}");
    }
}

pub async fn a_date_time_that_was_declared_can_be_written(world: &World) {
    let moment = json!({ "type": ["date-time", "null"] });
    let object = Custom::with(world, json!({ "seen_at": moment })).await;
    let seen = json!({ "seen_at": "2024-03-01T12:00:00Z" });
    let id = object.created(seen.clone()).await;
    assert_eq!(object.shown(&id).await, seen);
    object.delete().await;
}
