//! `sortOrder[column]` and `sortOrder[dir]`.

use serde_json::json;

use super::orders::Orders;
use crate::World;
use crate::objects::SalesOrder;

fn by(column: &str, dir: &str) -> String {
    format!("sortOrder[column]={column}&sortOrder[dir]={dir}")
}

pub async fn texts_sort_by_code_point_with_empty_ones_last(world: &World) {
    let note = |text: &str| json!({ "note": text });
    let orders = [
        ("none", json!({})),
        ("lower", note("apple")),
        ("umlaut", note("Äpfel")),
        ("upper", note("Zebra")),
        ("smile", note("😀")),
        ("private", note("\u{e000}")),
    ];
    let orders = Orders::create(world, &orders).await;
    let ascending = orders.find(&by("note", "ASC")).await;
    assert_eq!(ascending, "upper lower umlaut private smile none");
    let descending = orders.find(&by("note", "DESC")).await;
    assert_eq!(descending, "smile private umlaut lower upper none");
    assert_eq!(orders.find("sortOrder[column]=note").await, ascending, "ASC if nothing is said");
    let own = SalesOrder::ORDER_NUMBER.starts_with(orders.marker());
    let page = world.orders().list().filter(own).sort(SalesOrder::NOTE.desc()).await.unwrap();
    let last = page.records.last().unwrap();
    assert_eq!(last.attributes.note, None);
}

pub async fn ties_keep_the_order_of_creation_in_both_directions(world: &World) {
    let total = |n: i64| json!({ "total": n });
    let orders = [
        ("a", total(1)),
        ("b", total(0)),
        ("c", total(1)),
        ("x", json!({})),
        ("d", total(0)),
        ("y", json!({})),
    ];
    let orders = Orders::create(world, &orders).await;
    assert_eq!(orders.find(&by("total", "ASC")).await, "b d a c x y");
    assert_eq!(orders.find(&by("total", "DESC")).await, "a c b d x y");
    let pages = [0, 2, 4]
        .map(|offset| format!("{}&page[limit]=2&page[offset]={offset}", by("total", "DESC")));
    let mut names = Vec::new();
    for page in pages {
        names.push(orders.find(&page).await);
    }
    assert_eq!(names.join(" "), "a c b d x y", "on every page");
}

pub async fn numbers_and_dates_sort_by_their_value(world: &World) {
    let order = |total: f64, day: &str, time: &str| json!({ "total": total, "ordered_on": day, "shipped_at": time, "paid": total > 5.0 });
    let orders = [
        ("a", order(10.0, "2024-03-01", "2024-03-01T00:30:00+01:00")),
        ("b", order(9.5, "2023-12-31", "2024-02-29T23:45:00Z")),
        ("c", order(-1.0, "2024-02-29", "2024-02-29T23:29:00.5Z")),
    ];
    let orders = Orders::create(world, &orders).await;
    assert_eq!(orders.find(&by("total", "ASC")).await, "c b a");
    assert_eq!(orders.find(&by("ordered_on", "ASC")).await, "b c a");
    assert_eq!(orders.find(&by("shipped_at", "ASC")).await, "c a b");
    assert_eq!(orders.find(&by("paid", "DESC")).await, "a b c");
    assert_eq!(orders.find(&by("_created_at", "ASC")).await, "a b c");
}

pub async fn a_second_sort_replaces_the_first(world: &World) {
    let order = |total: i64, note: &str| json!({ "total": total, "note": note });
    let orders = [("a", order(1, "z")), ("b", order(2, "y"))];
    let orders = Orders::create(world, &orders).await;
    let query = format!("{}&{}", by("total", "ASC"), by("note", "ASC"));
    assert_eq!(orders.find(&query).await, "b a");
    let query = format!("{}&sortOrder[column]=total", by("note", "DESC"));
    assert_eq!(orders.find(&query).await, "a b", "its direction too");
    let own = SalesOrder::ORDER_NUMBER.starts_with(orders.marker());
    let list = world.orders().list().filter(own);
    let page = list.sort(SalesOrder::TOTAL.asc()).sort(SalesOrder::NOTE.asc()).await.unwrap();
    assert_eq!(page.records[0].attributes.note.as_deref(), Some("y"));
}

pub async fn a_sort_that_can_not_be_is_400(world: &World) {
    let queries = [
        by("nickname", "ASC"),
        by("title", "asc"),
        by("title", "UP"),
        by("", "ASC"),
        "sortOrder[dir]=ASC".to_owned(),
        "sortOrder[by]=title".to_owned(),
    ];
    for query in queries {
        let answer = world.list("person", &query).await;
        assert_eq!(answer.status, 400, "{query}: {}", answer.text);
        answer.refused(400);
    }
}
