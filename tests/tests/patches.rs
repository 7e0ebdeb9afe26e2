//! What `None`, an empty collection, a patch and `clear` mean on each path, on a real service.

#![allow(clippy::unwrap_used, reason = "a test that does not go as it should ends there")]

use clarify_core::{Attributes, Batch, JsonField, Patch, RawAttributes, Record};
use clarify_tests::World;
use clarify_tests::clock::TestClock;
use clarify_tests::objects::{OrderMark, Person, SalesOrder};
use clarify_tests::script::Script;
use serde_json::json;
use serde_json::value::RawValue;

fn full(world: &World) -> Person {
    Person {
        name: Some("Ana Lima".into()),
        email_addresses: vec![world.email("ana")],
        phone_numbers: vec!["+14155550100".into()],
        title: Some("VP".into()),
        ..Person::default()
    }
}

async fn now(world: &World, record: &Record<Person>) -> Person {
    world.people().get(record).await.unwrap().attributes
}

#[tokio::test]
async fn none_and_an_empty_collection_are_not_mentioned_in_an_upsert() {
    let world = World::start();
    let full = full(&world);
    let saved = world.people().upsert(&full).await.unwrap();
    let bare = Person { email_addresses: full.email_addresses.clone(), ..Person::default() };
    world.people().upsert(&bare).await.unwrap();
    assert_eq!(now(&world, &saved).await, full, "all stays as it was");
    world.people().bulk_upsert(&Batch::of([&bare])).await.unwrap();
    world.people().import([bare]).await.unwrap().into_result().unwrap();
    assert_eq!(now(&world, &saved).await, full);
}

#[tokio::test]
async fn an_upsert_clears_what_it_is_told_to_clear() {
    let world = World::start();
    let full = full(&world);
    let saved = world.people().upsert(&full).await.unwrap();
    let bare = Person { email_addresses: full.email_addresses.clone(), ..Person::default() };
    let cleared = world.people().upsert(&bare).clear(Person::TITLE).clear(Person::PHONE_NUMBERS);
    cleared.await.unwrap();
    let expected = Person { title: None, phone_numbers: Vec::new(), ..full.clone() };
    assert_eq!(now(&world, &saved).await, expected);

    let both = world.people().upsert(&full).clear(Person::TITLE).await.unwrap_err();
    assert!(both.is_invalid() && !both.may_have_been_received());
    assert_eq!(both.field(), Some("title"));
    assert_eq!(now(&world, &saved).await, expected, "nothing was sent");
}

#[tokio::test]
async fn a_patch_keeps_sets_and_clears() {
    let world = World::start();
    let full = full(&world);
    let saved = world.people().upsert(&full).await.unwrap();
    let patch = Patch::new().set(Person::TITLE, "CRO").clear(Person::PHONE_NUMBERS);
    let changed = world.people().update(&saved, patch).await.unwrap().unwrap();
    let expected = Person { title: Some("CRO".into()), phone_numbers: Vec::new(), ..full };
    assert_eq!(changed.attributes, expected);
    assert_eq!(now(&world, &saved).await, expected);
}

#[tokio::test]
async fn a_patch_between_two_states_makes_the_one_of_the_other() {
    let world = World::start();
    let old = full(&world);
    let saved = world.people().upsert(&old).await.unwrap();
    let new = Person {
        title: None,
        phone_numbers: Vec::new(),
        company_name: Some("Acme".into()),
        ..old.clone()
    };
    let patch = Patch::between(&old, &new);
    assert_eq!(
        patch.to_string(),
        r#"{"company_name":"Acme","phone_numbers":{"items":[]},"title":null}"#
    );
    world.people().update(&saved, patch).await.unwrap();
    assert_eq!(now(&world, &saved).await, new);
    assert!(Patch::between(&new, &new).is_empty());
}

#[tokio::test]
async fn a_patch_between_reports_what_can_not_be_sent() {
    use clarify_tests::objects::Product;
    let old = Product { name: Some("a".into()), price: Some(1.0) };
    let new = Product { name: None, price: Some(f64::NAN) };
    let world = World::start();
    let saved = world.products().create(&old).await.unwrap();
    let error = world.products().update(&saved, Patch::between(&old, &new)).await.unwrap_err();
    assert_eq!(error.field(), Some("price"));
}

#[tokio::test]
async fn an_empty_patch_sends_nothing() {
    let (script, clock) = (Script::of([]), TestClock::new());
    let people = script.builder(&clock).build().unwrap().records::<Person>();
    let id = clarify_core::RecordId::new("per_1");
    assert_eq!(people.update(&id, Patch::new()).await.unwrap(), None);
    let batch = Batch::of([(&id, Patch::new()), (&id, Patch::new())]);
    assert_eq!(people.bulk_update(&batch).await.unwrap(), [None, None]);
    assert!(people.update(&id, Patch::new()).explain().unwrap().is_none());
    assert_eq!(script.count(), 0);
}

#[tokio::test]
async fn of_a_batch_the_records_with_an_empty_patch_are_not_sent() {
    let world = World::start();
    let [a, b] = [full(&world), full(&world)];
    let saved = world.people().bulk_upsert(&Batch::of([&a, &b])).await.unwrap();
    let title = Patch::new().set(Person::TITLE, "CRO");
    let batch = Batch::try_from(vec![(&saved[0], Patch::new()), (&saved[1], title)]).unwrap();
    let changed = world.people().bulk_update(&batch).await.unwrap();
    assert!(changed[0].is_none());
    assert_eq!(changed[1].as_ref().unwrap().id, saved[1].id);
}

#[tokio::test]
async fn items_are_appended_and_removed() {
    let world = World::start();
    let person = full(&world);
    let saved = world.people().upsert(&person).await.unwrap();
    let [second, third] = [world.email("second"), world.email("third")];
    let append = Patch::new()
        .append(Person::EMAIL_ADDRESSES, [second.as_str()])
        .append(Person::EMAIL_ADDRESSES, [third.as_str()])
        .set(Person::TITLE, "CRO");
    for _ in 0..2 {
        let changed = world.people().update(&saved, &append).await.unwrap().unwrap().attributes;
        let first = person.email_addresses[0].clone();
        assert_eq!(changed.email_addresses, [first, second.clone(), third.clone()]);
        assert_eq!(changed.title.as_deref(), Some("CRO"));
    }
    let remove =
        Patch::new().remove(Person::EMAIL_ADDRESSES, [second.as_str(), "nobody@example.com"]);
    let changed = world.people().update(&saved, remove).await.unwrap().unwrap();
    assert_eq!(changed.attributes.email_addresses, [person.email_addresses[0].clone(), third]);
}

#[tokio::test]
async fn items_of_a_custom_object_are_appended_in_the_bulk_form() {
    let world = World::start();
    let order =
        SalesOrder { marks: vec![OrderMark::Rush], ..SalesOrder::numbered(world.unique("SO")) };
    let saved = world.orders().upsert(&order).await.unwrap();
    let patch = || Patch::new().append(SalesOrder::MARKS, [OrderMark::Gift]);
    let explained = world.orders().update(&saved, patch()).explain().unwrap().unwrap();
    assert_eq!(explained.method, "PATCH");
    assert!(explained.body.unwrap().ends_with(r#","meta":{"marks":{"collection":"append"}}}"#));
    let changed = world.orders().update(&saved, patch()).await.unwrap().unwrap();
    assert_eq!(changed.attributes.marks, [OrderMark::Rush, OrderMark::Gift]);
}

#[tokio::test]
async fn one_update_can_not_both_give_and_take() {
    let world = World::start();
    let saved = world.people().upsert(&full(&world)).await.unwrap();
    let both = Patch::new()
        .append(Person::EMAIL_ADDRESSES, ["a@example.com"])
        .remove(Person::EMAIL_ADDRESSES, ["b@example.com"]);
    let error = world.people().update(&saved, both).await.unwrap_err();
    assert_eq!(error.field(), Some("email_addresses"));
    assert!(error.to_string().contains("can't both give items and take items away"), "{error}");

    let append = Patch::new().append(Person::EMAIL_ADDRESSES, ["a@example.com"]);
    let set = Patch::new().set(Person::EMAIL_ADDRESSES, ["b@example.com"]);
    let batch = Batch::of([(&saved, append), (&saved, set)]);
    let error = world.people().bulk_update(&batch).await.unwrap_err();
    assert_eq!((error.record_index(), error.field()), (Some(1), Some("email_addresses")));
    assert!(error.to_string().contains("one call can't both append and replace"), "{error}");
}

#[tokio::test]
async fn what_is_set_and_then_appended_to_is_set_as_a_whole() {
    let world = World::start();
    let saved = world.people().upsert(&full(&world)).await.unwrap();
    let [a, b] = [world.email("a"), world.email("b")];
    let patch = Patch::new()
        .set(Person::EMAIL_ADDRESSES, [a.as_str()])
        .append(Person::EMAIL_ADDRESSES, [b.as_str()]);
    let changed = world.people().update(&saved, patch).await.unwrap().unwrap();
    assert_eq!(changed.attributes.email_addresses, [a, b]);
}

#[tokio::test]
async fn raw_attributes_are_written_with_every_digit() {
    let raw = |json: &str| RawValue::from_string(json.to_owned()).unwrap();
    let world = World::start();
    let deals = world.client().dynamic("deal").unwrap().raw();
    let name = world.unique("deal");
    let deal = RawAttributes::from_iter([
        ("name", raw(&json!(name).to_string())),
        ("amount", raw("999999999999.9999")),
    ]);
    let saved = deals.upsert(&deal).await.unwrap();
    assert_eq!(saved.attributes.json("amount"), Some("999999999999.9999"));
    let patch = Patch::new()
        .set(JsonField::new("amount"), raw("899999999999.9998"))
        .append(JsonField::new("labels").items(), ["big"]);
    let changed = deals.update(&saved, patch).await.unwrap().unwrap();
    assert_eq!(changed.attributes.json("amount"), Some("899999999999.9998"));
    assert_eq!(changed.attributes.json("labels"), Some(r#"{"items":["big"]}"#));
    let nameless = RawAttributes::from_iter([("amount", raw("5"))]);
    assert!(deals.upsert(&nameless).await.unwrap_err().to_string().contains("`name`"));
    deals.delete(&changed).await.unwrap();
}

#[tokio::test]
async fn the_dynamic_twin_sets_clears_appends_and_nulls() {
    let world = World::start();
    let people = world.client().dynamic("person").unwrap();
    let email = world.email("dyn");
    let ana = Attributes::from_iter([
        ("name", json!("Ana")),
        ("title", json!("VP")),
        ("email_addresses", json!({ "items": [email] })),
    ]);
    let saved = people.upsert(&ana).await.unwrap();
    assert_eq!(saved.attributes, ana);
    let patch = Patch::new()
        .set(JsonField::new("name"), json!("Ana Lima"))
        .append(JsonField::new("phone_numbers").items(), ["+14155550100"])
        .clear(JsonField::new("title"));
    let changed = people.update(&saved, patch).await.unwrap().unwrap().attributes;
    assert_eq!(changed["name"], "Ana Lima");
    assert_eq!(changed["phone_numbers"], json!({ "items": ["+14155550100"] }));
    assert!(!changed.contains_key("title"));
    let nulled = Attributes::from_iter([
        ("name", json!(null)),
        ("email_addresses", json!({ "items": [email] })),
    ]);
    let matched = people.upsert(&nulled).await.unwrap();
    assert!(!matched.attributes.contains_key("name"), "what is said to be null is cleared");
    people.delete(&matched).await.unwrap();
}
