//! `filter[field][operator]=value`.

use clarify_core::schema::Operator;
use clarify_core::{Condition, Record, RecordId};
use serde_json::json;

use super::orders::Orders;
use crate::World;
use crate::objects::{Company, OrderMark, OrderStatus, SalesOrder};

/// The names of the orders that the client finds by a condition.
async fn typed(world: &World, orders: &Orders<'_>, condition: Condition<SalesOrder>) -> String {
    let own = SalesOrder::ORDER_NUMBER.starts_with(orders.marker());
    let page = world.orders().list().filter(own).filter(condition).await.unwrap();
    let name = |record: &Record<SalesOrder>| {
        record.attributes.order_number.strip_prefix(orders.marker()).unwrap().to_owned()
    };
    page.records.iter().map(name).collect::<Vec<_>>().join(" ")
}

/// Checks what conditions of the client find.
macro_rules! typed {
    ($world:ident, $orders:ident: $($condition:expr => $expected:literal;)*) => {$({
        let condition = { use SalesOrder as O; let _: Option<O> = None; $condition };
        let shown = stringify!($condition);
        assert_eq!(typed($world, &$orders, condition).await, $expected, "{shown}");
    })*};
}

pub async fn texts_have_their_operators(world: &World) {
    let note = |text: &str| json!({ "note": text });
    let orders = [
        ("a", note("Blue chair")),
        ("b", note("red Chair")),
        ("c", note("table")),
        ("none", json!({})),
    ];
    let orders = Orders::create(world, &orders).await;
    let cases = [
        ("Is", "table", "c"),
        ("Is not", "table", "a b none"),
        ("Contains", "chair", "a b"),
        ("Does not contain", "chair", "c none"),
        ("Starts with", "BLUE", "a"),
        ("Ends with", "chair", "a b"),
        ("Is empty", "true", "none"),
        ("Is not empty", "true", "a b c"),
    ];
    orders.check("note", &cases).await;
    typed! { world, orders:
        SalesOrder::NOTE.is("table") => "c";
        SalesOrder::NOTE.is_not("table") => "a b none";
        SalesOrder::NOTE.contains("chair") => "a b";
        SalesOrder::NOTE.does_not_contain("chair") => "c none";
        SalesOrder::NOTE.starts_with("blue") => "a";
        SalesOrder::NOTE.ends_with("CHAIR") => "a b";
        SalesOrder::NOTE.is_empty() => "none";
        SalesOrder::NOTE.is_not_empty() => "a b c";
    }
}

pub async fn numbers_have_their_operators(world: &World) {
    let total = |n: i64| json!({ "total": n });
    let orders = [
        ("two", total(2)),
        ("ten", total(10)),
        ("minus", total(-5)),
        ("none", json!({})),
        ("big", json!({ "total": 999_999_999_999_i64 })),
    ];
    let orders = Orders::create(world, &orders).await;
    let cases = [
        ("Is", "10", "ten"),
        ("Is", "10.0", "ten"),
        ("Is not", "10", "two minus none big"),
        ("Greater than", "2", "ten big"),
        ("Greater than or equal", "2", "two ten big"),
        ("Less than", "2", "minus"),
        ("Less than or equal", "2", "two minus"),
        ("Is empty", "true", "none"),
        ("Is not empty", "true", "two ten minus big"),
    ];
    orders.check("total", &cases).await;
    typed! { world, orders:
        SalesOrder::TOTAL.is(10) => "ten";
        SalesOrder::TOTAL.is_not(10) => "two minus none big";
        SalesOrder::TOTAL.gt(2) => "ten big";
        SalesOrder::TOTAL.ge(2) => "two ten big";
        SalesOrder::TOTAL.lt(2) => "minus";
        SalesOrder::TOTAL.le(2) => "two minus";
        SalesOrder::TOTAL.is_empty() => "none";
        SalesOrder::TOTAL.is_not_empty() => "two ten minus big";
    }
}

pub async fn dates_have_their_operators(world: &World) {
    let on = |day: &str| json!({ "ordered_on": day });
    let orders = [
        ("feb", on("2024-02-29")),
        ("mar", on("2024-03-01")),
        ("old", on("1999-12-31")),
        ("none", json!({})),
    ];
    let orders = Orders::create(world, &orders).await;
    let cases = [
        ("Is", "2024-03-01", "mar"),
        ("Is not", "2024-03-01", "feb old none"),
        ("Is before", "2024-02-29", "old"),
        ("Is on or before", "2024-02-29", "feb old"),
        ("Is after", "2024-02-29", "mar"),
        ("Is on or after", "2024-02-29", "feb mar"),
        ("Is empty", "true", "none"),
        ("Is not empty", "true", "feb mar old"),
    ];
    orders.check("ordered_on", &cases).await;
    let day: jiff::civil::Date = "2024-02-29".parse().unwrap();
    typed! { world, orders:
        SalesOrder::ORDERED_ON.is(day) => "feb";
        SalesOrder::ORDERED_ON.is_not(day) => "mar old none";
        SalesOrder::ORDERED_ON.before(day) => "old";
        SalesOrder::ORDERED_ON.on_or_before(day) => "feb old";
        SalesOrder::ORDERED_ON.after(day) => "mar";
        SalesOrder::ORDERED_ON.on_or_after(day) => "feb mar";
        SalesOrder::ORDERED_ON.is_empty() => "none";
    }
}

pub async fn date_times_have_their_operators(world: &World) {
    let at = |time: &str| json!({ "shipped_at": time });
    let orders = [
        ("noon", at("2024-03-01T12:00:00Z")),
        ("same", at("2024-03-01T13:00:00.000+01:00")),
        ("late", at("2024-03-01T12:00:00.500Z")),
        ("none", json!({})),
    ];
    let orders = Orders::create(world, &orders).await;
    let noon = "2024-03-01T12:00:00Z";
    let cases = [
        ("Is", noon, "noon same"),
        ("Is not", noon, "late none"),
        ("Is before", "2024-03-01T12:00:00.500Z", "noon same"),
        ("Is on or before", noon, "noon same"),
        ("Is after", noon, "late"),
        ("Is on or after", noon, "noon same late"),
        ("Is empty", "true", "none"),
        ("Is not empty", "true", "noon same late"),
    ];
    orders.check("shipped_at", &cases).await;
    let noon: jiff::Timestamp = noon.parse().unwrap();
    typed! { world, orders:
        SalesOrder::SHIPPED_AT.is(noon) => "noon same";
        SalesOrder::SHIPPED_AT.after(noon) => "late";
        SalesOrder::SHIPPED_AT.on_or_before(noon) => "noon same";
        SalesOrder::SHIPPED_AT.is_empty() => "none";
    }
}

pub async fn selects_have_their_operators(world: &World) {
    let status = |option: &str| json!({ "status": option });
    let orders = [
        ("d", status("Draft")),
        ("s", status("Submitted")),
        ("t", status("In Transit")),
        ("none", json!({})),
    ];
    let orders = Orders::create(world, &orders).await;
    let cases = [
        ("Is", "In Transit", "t"),
        ("Is", "in transit", ""),
        ("Is not", "Draft", "s t none"),
        ("One of", "Draft,In Transit", "d t"),
        ("Not one of", "Draft,In Transit", "s none"),
        ("Is empty", "true", "none"),
        ("Is not empty", "true", "d s t"),
    ];
    orders.check("status", &cases).await;
    let two = || [OrderStatus::Draft, OrderStatus::InTransit];
    typed! { world, orders:
        SalesOrder::STATUS.is(OrderStatus::InTransit) => "t";
        SalesOrder::STATUS.is_not(OrderStatus::Draft) => "s t none";
        SalesOrder::STATUS.one_of(two()) => "d t";
        SalesOrder::STATUS.not_one_of(two()) => "s none";
        SalesOrder::STATUS.is_empty() => "none";
        SalesOrder::STATUS.is_not_empty() => "d s t";
    }
}

pub async fn multi_selects_have_their_operators(world: &World) {
    let marks = |items: &[&str]| json!({ "marks": { "items": items } });
    let orders =
        [("both", marks(&["Rush", "Gift"])), ("one", marks(&["Fragile"])), ("none", json!({}))];
    let orders = Orders::create(world, &orders).await;
    let cases = [
        ("Contains", "Gift", "both"),
        ("Contains", "Gif", ""),
        ("Does not contain", "Gift", "one none"),
        ("Is empty", "true", "none"),
        ("Is not empty", "true", "both one"),
    ];
    orders.check("marks", &cases).await;
    typed! { world, orders:
        SalesOrder::MARKS.contains(OrderMark::Gift) => "both";
        SalesOrder::MARKS.does_not_contain(OrderMark::Gift) => "one none";
        SalesOrder::MARKS.is_empty() => "none";
        SalesOrder::MARKS.is_not_empty() => "both one";
    }
}

pub async fn collections_have_their_operators(world: &World) {
    let contacts = |items: &[&str]| json!({ "contacts": { "items": items } });
    let orders = [
        ("both", contacts(&["Ana@example.com", "ben@example.com"])),
        ("one", contacts(&["kim@example.com"])),
        ("none", json!({})),
    ];
    let orders = Orders::create(world, &orders).await;
    let cases = [
        ("Contains", "ana@EXAMPLE.com", "both"),
        ("Contains", "example.com", ""),
        ("Does not contain", "ana@example.com", "one none"),
        ("Is empty", "true", "none"),
        ("Is not empty", "true", "both one"),
    ];
    orders.check("contacts", &cases).await;
    typed! { world, orders:
        SalesOrder::CONTACTS.contains("ana@example.com") => "both";
        SalesOrder::CONTACTS.does_not_contain("ana@example.com") => "one none";
        SalesOrder::CONTACTS.is_empty() => "none";
    }
}

pub async fn checkboxes_have_their_operators(world: &World) {
    let paid = |paid: bool| json!({ "paid": paid });
    let orders = [("yes", paid(true)), ("no", paid(false)), ("none", json!({}))];
    let orders = Orders::create(world, &orders).await;
    let cases = [
        ("Is", "true", "yes"),
        ("Is", "false", "no"),
        ("Is not", "true", "no none"),
        ("Is set", "true", "yes"),
        ("Is not set", "true", "no none"),
    ];
    orders.check("paid", &cases).await;
    typed! { world, orders:
        SalesOrder::PAID.is(true) => "yes";
        SalesOrder::PAID.is_not(true) => "no none";
        SalesOrder::PAID.is_set() => "yes";
        SalesOrder::PAID.is_not_set() => "no none";
    }
}

pub async fn links_have_their_operators(world: &World) {
    let [a, b] = [world.unique("com"), world.unique("com")];
    let link = |id: &str| json!({ "company_id": id });
    let orders = [("a", link(&a)), ("b", link(&b)), ("none", json!({}))];
    let orders = Orders::create(world, &orders).await;
    let cases = [
        ("Is", &*a, "a"),
        ("Is not", &a, "b none"),
        ("Is empty", "true", "none"),
        ("Is not empty", "true", "a b"),
    ];
    orders.check("company_id", &cases).await;
    let id = RecordId::<Company>::new(a);
    typed! { world, orders:
        SalesOrder::COMPANY_ID.is(&id) => "a";
        SalesOrder::COMPANY_ID.is_not(&id) => "b none";
        SalesOrder::COMPANY_ID.is_empty() => "none";
    }
}

pub async fn contains_folds_case_and_is_does_not(world: &World) {
    let note = |text: &str| json!({ "note": text });
    let orders = [
        ("street", note("Lange Straße")),
        ("greek", note("ΟΔΥΣΣΕΎΣ")),
        ("percent", note("100%_sure")),
    ];
    let orders = Orders::create(world, &orders).await;
    let cases = [
        ("Contains", "STRASSE", "street"),
        ("Contains", "straße", "street"),
        ("Contains", "οδυσσεύς", "greek"),
        ("Starts with", "LANGE", "street"),
        ("Ends with", "STRASSE", "street"),
        ("Is", "lange straße", ""),
        ("Is", "Lange Straße", "street"),
        ("Contains", "%25_", "percent"),
        ("Contains", "%25s", ""),
        ("Contains", "*", ""),
    ];
    orders.check("note", &cases).await;
}

pub async fn negations_include_records_without_a_value(world: &World) {
    let orders = Orders::create(world, &[("none", json!({}))]).await;
    let cases = [
        ("note", "Is not", "x"),
        ("note", "Does not contain", "x"),
        ("total", "Is not", "5"),
        ("paid", "Is not", "false"),
        ("paid", "Is not", "true"),
        ("paid", "Is not set", "true"),
        ("status", "Is not", "Draft"),
        ("status", "Not one of", "Draft,Submitted"),
        ("marks", "Does not contain", "Gift"),
        ("contacts", "Does not contain", "a@example.com"),
        ("ordered_on", "Is not", "2024-03-01"),
        ("shipped_at", "Is not", "2024-03-01T12:00:00Z"),
        ("company_id", "Is not", "com_1"),
    ];
    for (field, operator, value) in cases {
        orders.check(field, &[(operator, value, "none")]).await;
    }
}

pub async fn no_operator_means_is(world: &World) {
    let note = |text: &str| json!({ "note": text, "total": 5, "paid": true, "status": "Draft" });
    let orders = Orders::create(world, &[("a", note("x")), ("b", json!({}))]).await;
    for filter in ["filter[note]=x", "filter[total]=5", "filter[paid]=true", "filter[status]=Draft"]
    {
        assert_eq!(orders.find(filter).await, "a", "{filter}");
    }
}

pub async fn short_forms_stand_for_operators(world: &World) {
    let order = |total: i64, note: &str, status: &str| json!({ "total": total, "note": note, "status": status });
    let orders = [
        ("a", order(5, "big chair", "Draft")),
        ("b", order(6, "chair", "Submitted")),
        ("c", order(4, "chairs", "In Transit")),
        ("none", json!({})),
    ];
    let orders = Orders::create(world, &orders).await;
    let cases = [
        ("total", ">5", "b"),
        ("total", ">=5", "a b"),
        ("total", "<5", "c"),
        ("total", "<=5", "a c"),
        ("total", "!=5", "b c none"),
        ("note", "*chair*", "a b c"),
        ("note", "chair*", "b c"),
        ("note", "*chair", "a b"),
        ("note", "!=chair", "a c none"),
        ("note", "null", "none"),
        ("note", "!null", "a b c"),
        ("status", "Draft,Submitted", "a b"),
        ("status", "null", "none"),
        ("total", "!null", "a b c"),
    ];
    for (field, value, expected) in cases {
        let filter = format!("filter[{field}]={value}");
        assert_eq!(orders.find(&filter).await, expected, "{filter}");
    }
}

pub async fn a_value_may_begin_with_an_equals_sign(world: &World) {
    let orders = [("a", json!({ "total": 50000, "note": "=x" })), ("b", json!({ "total": 5 }))];
    let orders = Orders::create(world, &orders).await;
    assert_eq!(orders.find("filter[total]=>=50000").await, "a");
    assert_eq!(orders.find("filter[total]=%3E%3D50000").await, "a");
    assert_eq!(orders.find("filter[total]==5").await, "b");
    assert_eq!(orders.find("filter[note][Is]==x").await, "a");
}

pub async fn all_conditions_must_hold(world: &World) {
    let names = ["n1", "n2", "n3", "n4", "n5"];
    let orders: Vec<_> = names
        .iter()
        .zip(1..)
        .map(|(name, n)| (*name, json!({ "total": n, "paid": n > 2 })))
        .collect();
    let orders = Orders::create(world, &orders).await;
    let range = "filter[total][Greater than]=1&filter[total][Less than or equal]=4";
    assert_eq!(orders.find(range).await, "n2 n3 n4");
    assert_eq!(orders.find(&format!("{range}&filter[paid][Is set]=true")).await, "n3 n4");
    let twice = "filter[total]=>1&filter[total]=<4";
    assert_eq!(orders.find(twice).await, "n2 n3");
    for (condition, expected) in [
        (SalesOrder::TOTAL.within(2..4), 2),
        (SalesOrder::TOTAL.within(2..=4), 3),
        (SalesOrder::TOTAL.within(4..), 2),
        (SalesOrder::TOTAL.within(..4), 3),
    ] {
        let own = SalesOrder::ORDER_NUMBER.starts_with(orders.marker());
        let page = world.orders().list().filter(own).filter(condition).own_fields().await.unwrap();
        assert_eq!(page.records.len(), expected);
    }
    let own = SalesOrder::ORDER_NUMBER.starts_with(orders.marker());
    let list = world.orders().list().filter(own);
    let page = list.filter(SalesOrder::TOTAL.gt(1)).filter(SalesOrder::TOTAL.le(4)).await.unwrap();
    assert_eq!(page.total, Some(3));
}

pub async fn an_unknown_operator_is_400(world: &World) {
    for operator in ["is", "IS", "Equals", "contains", "Greater Than", " Is"] {
        let answer = world.list("person", &format!("filter[title][{operator}]=x")).await;
        let problem = answer.problem(400);
        assert!(problem.detail.contains(operator.trim()), "{problem:?}");
    }
    for query in ["filter=x", "filter[]=x", "filter[title][Is][Is]=x", "filter[title]x=1"] {
        let answer = world.list("person", query).await;
        assert!(answer.status == 400 || query == "filter=x", "{query}: {}", answer.text);
    }
}

pub async fn an_operator_of_another_kind_is_400(world: &World) {
    let object = <SalesOrder as clarify_core::ClarifyObject>::OBJECT;
    for field in object.fields.iter() {
        for operator in Operator::ALL.iter().filter(|operator| !field.kind.allows(**operator)) {
            let query = format!("filter[{}][{operator}]=1", field.name);
            let problem = world.list("c_sales_order", &query).await.problem(400);
            assert!(problem.detail.contains(operator.as_str()), "{query}: {problem:?}");
        }
    }
}

pub async fn an_unknown_field_is_400(world: &World) {
    for query in ["filter[nickname]=x", "filter[Title][Is]=x", "filter[_nothing]=x"] {
        world.list("person", query).await.problem(400);
    }
    for query in ["filter[total]=many", "filter[paid]=yes", "filter[ordered_on]=soon"] {
        world.list("c_sales_order", query).await.problem(400);
    }
}

pub async fn the_times_can_be_filtered_by(world: &World) {
    let orders = Orders::create(world, &[("a", json!({}))]).await;
    let cases = [
        ("Is after", "2000-01-01T00:00:00Z", "a"),
        ("Is before", "2000-01-01T00:00:00Z", ""),
        ("Is not empty", "true", "a"),
    ];
    orders.check("_created_at", &cases).await;
    orders.check("_updated_at", &cases).await;
    let shown = orders.page("").await.data(200)[0]["attributes"]["_created_at"].take();
    let filter = format!("filter[_created_at][Is]={}", shown.as_str().unwrap());
    assert_eq!(orders.find(&filter).await, "a", "as it is shown");
    let past: jiff::Timestamp = "2000-01-01T00:00:00Z".parse().unwrap();
    typed! { world, orders:
        Record::<SalesOrder>::CREATED_AT.after(past) => "a";
        Record::<SalesOrder>::UPDATED_AT.before(past) => "";
    }
}

pub async fn a_record_is_found_by_its_id(world: &World) {
    let title = world.unique("VP");
    let id = world.created("person", json!({ "title": title })).await;
    let other = world.created("person", json!({ "title": title })).await;
    for name in ["id", "_id"] {
        let found = world.list("person", &format!("filter[{name}]={id}")).await.ids(200);
        assert_eq!(found, [&*id]);
        let others = format!("filter[title]={title}&filter[{name}][Is+not]={id}");
        assert_eq!(world.list("person", &others).await.ids(200), [&*other]);
    }
}

pub async fn options_are_found_without_regard_to_case(world: &World) {
    let label = world.unique("Hot");
    let labels = json!({ "labels": { "items": [label] } });
    let id = world.created("company", labels).await;
    let query = format!("filter[labels][Contains]={}", label.to_uppercase());
    assert_eq!(world.list("company", &query).await.ids(200), [id]);
}

pub async fn every_bad_parameter_is_named(world: &World) {
    let query =
        "filter[nope]=1&filter[name][x]=2&page[limit]=0&page[offset]=-1&sortOrder[column]=no";
    let refused = world.list("person", query).await.refused(400);
    assert_eq!(refused.len(), 5, "{refused:?}");
    let many = vec!["filter[title]=1"; 101].join("&");
    assert!(world.list("person", &many).await.problem(400).detail.contains("at most 100"));
    let options = format!("filter[status][One+of]={}", ",".repeat(1001));
    assert!(world.list("task", &options).await.problem(400).detail.contains("at most 1000"));
}

/// A company of this industry, someone there, and someone's task.
async fn task_at(world: &World, industry: &str) -> String {
    let company = world.created("company", json!({ "industry": industry })).await;
    let person = json!({ "title": industry, "company_id": company });
    let person = world.created("person", person).await;
    world.created("task", json!({ "title": industry, "person_id": person })).await
}

pub async fn a_dotted_field_reaches_through_links(world: &World) {
    let industry = world.unique("rail");
    let task = task_at(world, &industry).await;
    task_at(world, &world.unique("road")).await;
    for field in [
        "person_id.company_id.industry",
        "person.company_id.industry",
        "task.person_id.company_id.industry",
        "person_id.company_id.industry][Is",
        "person_id.company_id.industry][Starts with",
        "person_id.title",
    ] {
        let found = world.list("task", &format!("filter[{field}]={industry}")).await;
        assert_eq!(found.ids(200), [&*task], "{field}");
    }
    let short = format!("filter[person_id.company_id.industry]={industry}*");
    assert_eq!(world.list("task", &short).await.ids(200), [&*task]);
    let own = format!("filter[person.company_id.industry]={industry}");
    assert_eq!(world.list("person", &own).await.ids(200).len(), 1);
}

pub async fn a_negated_dotted_field_includes_records_without_the_link(world: &World) {
    let (rail, road) = (world.unique("rail"), world.unique("road"));
    let title = format!("{rail}-task");
    let at_rail = task_at(world, &rail).await;
    let at_road = task_at(world, &road).await;
    let alone = world.created("task", json!({})).await;
    for id in [&at_rail, &at_road, &alone] {
        world.update("task", id, json!({ "title": title })).await.data(200);
    }
    let field = "person_id.company_id.industry";
    let query = format!("filter[title]={title}&filter[{field}][Is not]={rail}");
    assert_eq!(world.list("task", &query).await.ids(200), [&*at_road, &*alone]);
    let query = format!("filter[title]={title}&filter[{field}][Is empty]=");
    assert_eq!(world.list("task", &query).await.ids(200), [&*alone]);
}

pub async fn a_dotted_field_that_leads_nowhere_is_400(world: &World) {
    for (field, named) in [
        ("nothing.name", "nothing"),
        ("title.name", "title"),
        ("person_id.nothing", "nothing"),
        ("tasks.title", "tasks"),
        ("assignee_id.name", "user"),
        ("person_id.company_id.people.name", "people"),
    ] {
        let problem = world.list("task", &format!("filter[{field}]=x")).await.problem(400);
        let parameter = format!("filter[{field}]");
        assert!(problem.detail.contains(named) && problem.detail.contains(&parameter));
    }
}
