//! `fields[person]=name,title`.

use http::Method;
use serde_json::{Value, json};

use super::orders::{Orders, plain};
use crate::{Answer, World};

/// A person of whom there is more to show than is asked for, by the path to it alone.
async fn person(world: &World) -> String {
    let attributes = json!({
        "name": "Taylor Reeves",
        "title": "VP of Sales",
        "email_addresses": { "items": [world.email("taylor")] },
        "company_name": "Acme Corp"
    });
    let id = world.created("person", attributes).await;
    format!("/objects/person/records/{id}")
}

/// The attributes that a read shows.
async fn shown(world: &World, path: &str, query: &str) -> Value {
    world.get(&format!("{path}?{query}")).await.data(200)["attributes"].take()
}

/// The one problem of both kinds of read with this query, which they have in common.
async fn refused(world: &World, query: &str) -> String {
    let list = world.list("person", query).await.problem(400);
    let path = person(world).await;
    let one = world.get(&format!("{path}?{query}")).await.problem(400);
    assert_eq!(list, one, "{query}");
    assert_eq!(one.pointer, None, "{one:?}");
    one.detail
}

pub async fn the_named_attributes_are_shown(world: &World) {
    let gift = json!({ "items": ["Gift"] });
    let orders = [
        ("a", json!({ "note": "x", "total": 1, "paid": true, "marks": gift })),
        ("b", json!({ "note": "y", "marks": gift, "paid": false })),
    ];
    let orders = Orders::create(world, &orders).await;
    let all = orders.page("").await.data(200);
    let data = orders.page("fields[c_sales_order]=note,marks,paid").await.data(200);
    let expected = [
        json!({ "note": "x", "paid": true, "marks": gift }),
        json!({ "note": "y", "paid": false, "marks": gift }),
    ];
    for (at, attributes) in expected.into_iter().enumerate() {
        let expected =
            json!({ "id": all[at]["id"], "type": "c_sales_order", "attributes": attributes });
        assert_eq!(data[at], expected);
    }
}

pub async fn one_record_is_shown_as_in_a_list(world: &World) {
    let path = person(world).await;
    let got = world.get(&format!("{path}?fields[person]=title,name")).await.data(200);
    let id = path.rsplit('/').next().unwrap_or_default();
    let attributes = json!({ "name": world.name("Taylor Reeves"), "title": "VP of Sales" });
    assert_eq!(got, json!({ "id": id, "type": "person", "attributes": attributes }));
    let query = format!("filter[id]={id}&fields[person]=title,name");
    assert_eq!(world.list("person", &query).await.data(200), json!([got]));
}

pub async fn the_times_are_shown_where_they_are_named(world: &World) {
    let path = person(world).await;
    let all = shown(world, &path, "").await;
    for names in [&["_created_at"][..], &["_updated_at", "title"], &["_updated_at", "_created_at"]]
    {
        let expected: Value = names.iter().map(|name| (*name, all[*name].clone())).collect();
        let query = format!("fields[person]={}", names.join(","));
        assert_eq!(shown(world, &path, &query).await, expected, "{query}");
    }
}

pub async fn an_empty_value_shows_no_attributes(world: &World) {
    let path = person(world).await;
    for query in ["fields[person]=", "fields[person]"] {
        assert_eq!(shown(world, &path, query).await, json!({}), "{query}");
    }
    let data = plain(world, 2).await.page("fields[c_sales_order]=").await.data(200);
    assert!(data.as_array().unwrap().iter().all(|order| order["attributes"] == json!({})));
}

pub async fn what_a_record_does_not_have_is_not_shown(world: &World) {
    let id = world.created("c_product", json!({})).await;
    let path = format!("/objects/c_product/records/{id}");
    let nulls = json!({ "name": null, "price": null });
    let expected = world.either(json!({}), nulls);
    assert_eq!(shown(world, &path, "fields[c_product]=name,price").await, expected);
}

pub async fn what_is_not_shown_can_be_filtered_and_sorted_by(world: &World) {
    let total = |n: i64| json!({ "total": n, "note": "x" });
    let orders = [("a", total(1)), ("b", total(3)), ("c", total(2))];
    let orders = Orders::create(world, &orders).await;
    let query = "filter[total]=>1&sortOrder[column]=total&fields[c_sales_order]=order_number";
    assert_eq!(orders.find(query).await, "c b");
    let first = orders.page(query).await.data(200)[0]["attributes"].take();
    assert_eq!(first.as_object().unwrap().len(), 1, "{first}");
}

pub async fn repeated_parameters_are_put_together(world: &World) {
    let path = person(world).await;
    let expected = json!({ "name": world.name("Taylor Reeves"), "title": "VP of Sales" });
    for query in [
        "fields[person]=name&fields[person]=title",
        "fields[person]=title,name&fields[person]=&fields%5Bperson%5D=name,name",
    ] {
        assert_eq!(shown(world, &path, query).await, expected, "{query}");
    }
}

pub async fn brackets_are_read_in_either_form(world: &World) {
    let path = person(world).await;
    let expected = json!({ "name": world.name("Taylor Reeves"), "title": "VP of Sales" });
    for query in [
        "fields[person]=name,title",
        "fields%5Bperson%5D=name,title",
        "fields%5bperson%5d=name%2Ctitle",
        "fields[%70erson]=n%61me%2ctitle",
    ] {
        assert_eq!(shown(world, &path, query).await, expected, "{query}");
    }
}

pub async fn a_space_belongs_to_the_name(world: &World) {
    for value in ["name,%20title", "name,+title", "title+,name"] {
        let detail = refused(world, &format!("fields[person]={value}")).await;
        assert!(detail.contains("` title`") || detail.contains("`title `"), "{detail}");
    }
    assert!(refused(world, "fields[+person]=name").await.contains("` person`"));
}

pub async fn an_unknown_name_is_400_with_the_names_there_are(world: &World) {
    for wrong in ["nickname", "Name", "_nothing", "id", "type", "name.first_name"] {
        let detail = refused(world, &format!("fields[person]=title,{wrong}")).await;
        for part in ["fields[person]", wrong, "`name`", "`email_addresses`", "`_created_at`"] {
            assert!(detail.contains(part), "{part}: {detail}");
        }
    }
    for value in [",", "name,", ",name", "name,,title"] {
        refused(world, &format!("fields[person]={value}")).await;
    }
}

pub async fn every_bad_parameter_of_a_read_is_named(world: &World) {
    let fields = "fields[person]=nope,name,never&fields[company]=none&fields[person]=neither";
    let list = format!("{fields}&filter[no]=1&page[limit]=0&sortOrder[column]=no&include=x");
    let path = person(world).await;
    for (answer, others) in [
        (world.list("person", &list).await, 4),
        (world.get(&format!("{path}?{fields}&include=x")).await, 1),
    ] {
        assert_eq!(answer.refused(400).len(), others + 2, "{}", answer.text);
        for wrong in ["`nope`", "`never`", "`neither`", "`none`", "`x`"] {
            assert!(answer.text.contains(wrong), "{wrong}: {}", answer.text);
        }
    }
}

pub async fn an_unknown_object_in_fields_is_400(world: &World) {
    for object in ["c_nothing", "Person", "people", "company_id"] {
        for value in ["name", ""] {
            let detail = refused(world, &format!("fields[{object}]={value}")).await;
            assert!(detail.contains(&format!("`{object}`")), "{detail}");
        }
    }
}

pub async fn another_object_changes_nothing_and_is_checked(world: &World) {
    let path = person(world).await;
    let all = world.get(&path).await.data(200);
    for query in ["fields[company]=name,domains", "fields[company]=", "fields[c_product]=price"] {
        assert_eq!(world.get(&format!("{path}?{query}")).await.data(200), all, "{query}");
    }
    let detail = refused(world, "fields[person]=name&fields[company]=title").await;
    assert!(detail.contains("fields[company]") && detail.contains("`title`"), "{detail}");
}

pub async fn a_malformed_key_is_400(world: &World) {
    for key in ["fields[", "fields[]", "fields[person", "fields[person]x", "fields[person][name]"] {
        let detail = refused(world, &format!("{key}=name")).await;
        assert!(detail.contains(key), "{detail}");
    }
}

pub async fn the_links_repeat_the_fields(world: &World) {
    let orders = plain(world, 5).await;
    let query = "fields[c_sales_order]=order_number,note&fields[company]=&page[limit]=2";
    let first = orders.page(query).await;
    let mut path = first.document(200)["links"]["next"].as_str().unwrap().to_owned();
    for (link, count) in [("next", 2), ("prev", 1), ("", 2)] {
        let answer = world.get(path.strip_prefix(world.base()).unwrap()).await;
        let document = answer.document(200);
        let data = document["data"].as_array().unwrap();
        assert_eq!(data.len(), count, "{path}");
        // A `note` that is not there is `null` on one of the contracts.
        let shown = world.either(1, 2);
        let alone = |order: &Value| order["attributes"].as_object().unwrap().len() == shown;
        assert!(data.iter().all(alone), "{path}: {}", answer.text);
        path = document["links"][link].as_str().unwrap_or_default().to_owned();
    }
}

pub async fn the_text_of_a_value_survives_a_selection(world: &World) {
    let members =
        [r#""employee_count":1.50e2"#, r#""location":{ "at" : [999999999999.9999, 1.0] }"#];
    let attributes = format!(r#"{{"name":"x",{}}}"#, members.join(","));
    let body = format!(r#"{{"data":{{"type":"company","attributes":{attributes}}}}}"#);
    let request = world.request(Method::POST, "/objects/company/records");
    let created = Answer::of(request.header("Content-Type", "application/json").body(body)).await;
    let id = created.data(201)["id"].as_str().unwrap().to_owned();
    let path = format!("/objects/company/records/{id}");
    for (names, expected) in [
        ("employee_count", members[0].to_owned()),
        ("location", members[1].to_owned()),
        ("location,employee_count", members.join(",")),
    ] {
        let answer = world.get(&format!("{path}?fields[company]={names}")).await;
        let expected = format!(r#""attributes":{{{expected}}}"#);
        assert!(answer.text.contains(&expected), "{}", answer.text);
    }
}
