//! Fields that hold multiple values.

use clarify_core::{Patch, RecordId};
use serde_json::{Value, json};

use crate::World;
use crate::objects::{OrderMark, Person, SalesOrder};

fn items(items: &[&str]) -> Value {
    json!({ "items": items })
}

async fn person(world: &World) -> String {
    let attributes = json!({
        "email_addresses": items(&[&world.email("ana"), &world.email("ana")]),
        "phone_numbers": items(&["+14155550100"]),
    });
    world.created("person", attributes).await
}

pub async fn collections_are_items_both_ways(world: &World) {
    let emails = [world.email("taylor"), world.email("personal")];
    let sent = json!({
        "email_addresses": items(&[&emails[0], &emails[1]]),
        "phone_numbers": items(&["+14155550100"]),
    });
    let record = world.create("person", sent.clone()).await;
    assert_eq!(record["attributes"]["email_addresses"], sent["email_addresses"]);
    assert_eq!(record["attributes"]["phone_numbers"], sent["phone_numbers"]);
    let domains = items(&[&world.domain("example"), &world.domain("acmecorp")]);
    let record = world.create("company", json!({ "domains": domains })).await;
    assert_eq!(record["attributes"]["domains"], domains);
    let email_addresses = vec![world.email("kim"), world.email("kim")];
    let typed = Person { email_addresses, ..Person::default() };
    assert_eq!(world.people().create(&typed).await.unwrap().attributes, typed);
}

pub async fn collections_are_items_in_updates_too(world: &World) {
    let id = person(world).await;
    let emails = items(&[&world.email("new")]);
    world.update("person", &id, json!({ "email_addresses": emails })).await.data(200);
    let shown = world.attributes("person", &id).await;
    assert_eq!(shown["email_addresses"], emails, "the stored one is replaced");
    assert_eq!(shown["phone_numbers"], items(&["+14155550100"]));
    let patch = Patch::new().set(Person::PHONE_NUMBERS, ["+14155550101", "+14155550102"]);
    let saved = world.people().update(RecordId::<Person>::new(id), patch).await.unwrap().unwrap();
    assert_eq!(saved.attributes.phone_numbers, ["+14155550101", "+14155550102"]);
}

pub async fn empty_items_clear_the_field(world: &World) {
    let id = person(world).await;
    world.update("person", &id, json!({ "phone_numbers": items(&[]) })).await.data(200);
    assert_eq!(world.attributes("person", &id).await["phone_numbers"], Value::Null);
    let email = world.email("ben");
    let both = json!({ "email_addresses": items(&[&email]), "phone_numbers": items(&["+1"]) });
    let id = world.created("person", both).await;
    let cleared = json!({ "email_addresses": items(&[&email]), "phone_numbers": items(&[]) });
    assert_eq!(world.upserted("person", cleared).await, id);
    assert_eq!(world.attributes("person", &id).await["phone_numbers"], Value::Null);
    let patch = Patch::new().clear(Person::EMAIL_ADDRESSES);
    let saved = world.people().update(RecordId::<Person>::new(id), patch).await.unwrap().unwrap();
    assert!(saved.attributes.email_addresses.is_empty());
    let query = format!("filter[email_addresses][Contains]={email}");
    assert!(world.list("person", &query).await.ids(200).is_empty());
}

pub async fn a_plain_array_is_422(world: &World) {
    let plain = json!({ "email_addresses": [world.email("ana")] });
    let body = json!({ "data": { "type": "person", "attributes": plain } });
    let pointer = "/data/attributes/email_addresses";
    world.post("/objects/person/records", body).await.refused_at(422, pointer);
    let id = person(world).await;
    world.update("person", &id, plain).await.refused_at(422, pointer);
    for other in [json!("a@example.com"), json!({}), json!({ "items": "a@example.com" }), json!(5)]
    {
        let attributes = json!({ "email_addresses": other });
        world.update("person", &id, attributes).await.refused_at(422, pointer);
    }
    for (object, field) in [("company", "domains"), ("person", "phone_numbers")] {
        let answer = world.bulk_create(object, &[json!({ field: ["x.example"] })]).await;
        answer.refused_at(422, &format!("/data/0/attributes/{field}"));
    }
}

pub async fn duplicates_are_kept_once(world: &World) {
    let (ana, ben) = (world.email("ana"), world.email("ben"));
    let sent = items(&[&ana, &ben, &ana.to_uppercase(), &ben]);
    let record = world.create("person", json!({ "email_addresses": sent })).await;
    assert_eq!(record["attributes"]["email_addresses"], items(&[&ana, &ben]));
}

pub async fn a_cleared_collection_is_shown_as_a_field_without_a_value(world: &World) {
    let id = person(world).await;
    let change = json!({ "email_addresses": items(&[]), "phone_numbers": null });
    let shown = world.update("person", &id, change).await.data(200)["attributes"].take();
    for name in ["email_addresses", "phone_numbers"] {
        assert_eq!(shown.get(name), world.either(None, Some(&Value::Null)), "{name}");
    }
}

pub async fn multi_selects_are_collections(world: &World) {
    let number = world.unique("order");
    let attributes = json!({ "order_number": number, "marks": items(&["Rush", "Gift"]) });
    let id = world.created("c_sales_order", attributes).await;
    let id = RecordId::<SalesOrder>::new(id);
    let order = world.orders().get(&id).await.unwrap().attributes;
    assert_eq!(order.marks, [OrderMark::Rush, OrderMark::Gift]);
    let plain = json!({ "marks": ["Rush"] });
    let pointer = "/data/0/attributes/marks";
    world.update_in_bulk("c_sales_order", id.as_str(), plain).await.refused_at(422, pointer);
    let other = json!({ "marks": items(&["Rush", "rush"]) });
    let pointer = "/data/0/attributes/marks/items/1";
    world.update_in_bulk("c_sales_order", id.as_str(), other).await.refused_at(422, pointer);
    let patch = Patch::new().set(SalesOrder::MARKS, [OrderMark::Fragile]);
    let saved = world.orders().update(&id, patch).await.unwrap().unwrap();
    assert_eq!(saved.attributes.marks, [OrderMark::Fragile]);
}

pub async fn append_is_a_set_union(world: &World) {
    let (first, second) = (world.email("first"), world.email("second"));
    let id = world.created("person", json!({ "email_addresses": items(&[&first]) })).await;
    let body = json!({
        "data": {
            "type": "person", "id": id, "attributes": { "email_addresses": items(&[&second]) }
        },
        "meta": { "email_addresses": { "collection": "append" } }
    });
    let path = format!("/objects/person/records/{id}");
    for _ in 0..2 {
        world.patch(&path, body.clone()).await.data(200);
        let shown = world.attributes("person", &id).await;
        assert_eq!(shown["email_addresses"], items(&[&first, &second]));
    }
}

pub async fn remove_takes_away_what_is_there(world: &World) {
    let [a, b, c] = ["a", "b", "c"].map(|name| world.email(name));
    let id = world.created("person", json!({ "email_addresses": { "items": [a, b] } })).await;
    let attributes = json!({ "email_addresses": { "items": [b.to_uppercase(), c] } });
    let meta = json!({ "email_addresses": { "collection": "remove" } });
    let body =
        json!({ "data": { "type": "person", "id": id, "attributes": attributes }, "meta": meta });
    let path = format!("/objects/person/records/{id}");
    let shown = world.patch(&path, body.clone()).await.data(200);
    assert_eq!(shown["attributes"]["email_addresses"]["items"], json!([a]));
    assert_eq!(world.patch(&path, body).await.status, 200, "it may be repeated");
}
