//! `GET /objects/{object}/resources`.

use serde_json::{Value, json};

use super::orders::{Orders, plain};
use crate::World;
use crate::objects::SalesOrder;

pub async fn a_list_is_paginated_by_offset(world: &World) {
    let orders = plain(world, 5).await;
    assert_eq!(orders.find("page[limit]=2").await, "n00 n01");
    assert_eq!(orders.find("page[limit]=2&page[offset]=2").await, "n02 n03");
    assert_eq!(orders.find("page[limit]=2&page[offset]=4").await, "n04");
    assert_eq!(orders.find("page[offset]=3").await, "n03 n04");
    let filter = SalesOrder::ORDER_NUMBER.starts_with(orders.marker());
    let page = world.orders().list().filter(filter).limit(2).offset(1).await.unwrap();
    assert_eq!((page.records.len(), page.total, page.offset), (2, Some(5), 1));
}

pub async fn the_meta_counts_records_and_pages(world: &World) {
    let orders = plain(world, 5).await;
    for (limit, offset, pages) in [(2, 0, 3), (2, 2, 3), (5, 0, 1), (4, 4, 2), (1, 0, 5)] {
        let query = format!("page[limit]={limit}&page[offset]={offset}");
        let meta = orders.page(&query).await.document(200)["meta"].take();
        let expected = json!({
            "total_records": 5, "total_pages": pages, "offset": offset, "limit": limit
        });
        assert_eq!(meta, expected, "{query}");
    }
}

pub async fn the_next_link_is_absolute_with_raw_brackets_limit_first(world: &World) {
    plain(world, 3).await;
    let document = world.list("c_sales_order", "page[offset]=0&page[limit]=2").await.document(200);
    let base = format!("{}/objects/c_sales_order/resources", world.base());
    let expected = format!("{base}?page[limit]=2&page[offset]=2");
    assert_eq!(document["links"]["next"], expected);
}

pub async fn a_page_has_its_size_and_at_most_its_maximum(world: &World) {
    let (default, max) = world.either((25, 1000), (500, 500));
    let orders = plain(world, 26).await;
    let page = orders.page("").await;
    assert_eq!(page.ids(200).len(), 26.min(default));
    assert_eq!(page.document(200)["meta"]["limit"], default);
    assert_eq!(orders.page(&format!("page[limit]={max}")).await.ids(200).len(), 26);
    orders.page(&format!("page[limit]={}", max + 1)).await.problem(400);
}

pub async fn a_limit_out_of_range_is_400(world: &World) {
    for limit in ["0", "1001", "-1", "x", "", "1.5", "99999999999999999999999"] {
        let answer = world.list("person", &format!("page[limit]={limit}")).await;
        let problem = answer.problem(400);
        assert!(problem.detail.contains("page[limit]"), "{problem:?}");
    }
    for offset in ["-1", "x", ""] {
        world.list("person", &format!("page[offset]={offset}")).await.problem(400);
    }
    let error = world.people().list().limit(0).await.unwrap_err();
    assert!(error.is_invalid(), "{error}");
}

pub async fn links_are_absent_or_null_at_the_ends(world: &World) {
    let orders = plain(world, 3).await;
    let links = async |query: &str| {
        let links = orders.page(query).await.document(200)["links"].take();
        let members = links.as_object().expect("`links` is there").clone();
        assert!(members.len() == 2 || !world.is_live(), "{members:?}");
        let shown = members.iter().filter(|(_, link)| link.is_string() || !world.is_live());
        shown.map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(links("page[limit]=1").await, "next");
    assert_eq!(links("page[limit]=1&page[offset]=1").await, "next prev");
    assert_eq!(links("page[limit]=1&page[offset]=2").await, "prev");
    assert_eq!(links("page[limit]=3").await, "");
    let bulk = world.bulk_create("meeting", &[json!({})]).await.document(201)["links"].take();
    assert_eq!(bulk, no_links(world));
}

fn no_links(world: &World) -> Value {
    world.either(json!({}), json!({ "next": null, "prev": null }))
}

pub async fn an_offset_past_the_end_has_no_records_and_no_next(world: &World) {
    let orders = plain(world, 2).await;
    for offset in ["2", "3", "9999999999", "9223372036854775807"] {
        let document = orders.page(&format!("page[offset]={offset}")).await.document(200);
        assert_eq!(document["data"], json!([]), "{offset}");
        assert_eq!(document["links"]["next"], Value::Null, "{offset}");
        assert_eq!(document["meta"]["total_records"], 2, "{offset}");
    }
}

pub async fn no_records_are_no_pages(world: &World) {
    let document = plain(world, 0).await.page("").await.document(200);
    assert_eq!(document["data"], json!([]));
    let limit = world.either(25, 500);
    let meta = json!({ "total_records": 0, "total_pages": 0, "offset": 0, "limit": limit });
    assert_eq!(document["meta"], meta);
    assert_eq!(document["links"], no_links(world));
}

pub async fn the_next_link_repeats_every_other_parameter(world: &World) {
    let orders = plain(world, 30).await;
    let query = orders.query("filter[note][Is empty]=true&sortOrder[column]=order_number&sortOrder[dir]=DESC&page[limit]=4");
    let mut path = format!("/objects/c_sales_order/resources?{query}");
    let mut ids = Vec::new();
    loop {
        let answer = world.get(&path).await;
        ids.extend(answer.ids(200));
        let document = answer.document(200);
        let Some(next) = document["links"]["next"].as_str() else { break };
        let next = next.strip_prefix(world.base()).expect("an absolute URL");
        path = next.to_owned();
    }
    let whole = "sortOrder[column]=order_number&sortOrder[dir]=DESC&page[limit]=100";
    assert_eq!(ids, orders.page(whole).await.ids(200));
    assert_eq!(ids.len(), 30);
}

pub async fn records_come_in_the_order_of_creation(world: &World) {
    let names = ["m", "b", "z", "a"];
    let orders = Orders::create(world, &names.map(|name| (name, json!({})))).await;
    assert_eq!(orders.find("").await, "m b z a");
    let first = orders.page("page[limit]=1").await.ids(200).remove(0);
    let change = json!({ "note": "changed" });
    world.update_in_bulk("c_sales_order", &first, change).await.data(200);
    assert_eq!(orders.find("").await, "m b z a", "an update moves nothing");
}

pub async fn there_is_no_list_of_the_write_path(world: &World) {
    let answer = world.get("/objects/person/records").await;
    assert!(matches!(answer.status, 404 | 405), "{}", answer.text);
    answer.refused(answer.status);
}

pub async fn brackets_and_spaces_are_read_in_either_form(world: &World) {
    let orders =
        Orders::create(world, &[("a", json!({ "note": "at once" })), ("b", json!({}))]).await;
    for filter in [
        "filter[note][Is]=at once",
        "filter[note][Is]=at%20once",
        "filter[note][Is]=at+once",
        "filter%5Bnote%5D%5BIs%5D=at%20once",
        "filter[note][Starts+with]=at+o",
        "filter%5bnote%5d%5bStarts%20with%5d=at%20o",
    ] {
        assert_eq!(orders.find(filter).await, "a", "{filter}");
    }
}
