//! Merges of records that are linked to each other, or to themselves.

use clarify_schema::{Field, Kind, Object};
use clarify_server::Server;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::Service;

/// An object whose records have a parent and friends among themselves.
fn nodes() -> Object {
    let link = |name, kind| Field::new(name, kind).target("c_node");
    Object::named(
        "c_node",
        vec![
            Field::new("name", Kind::Text),
            link("parent_id", Kind::ToOne).inverse("children"),
            link("children", Kind::ToMany).inverse("parent_id"),
            link("knows", Kind::ToMany).inverse("known_by").many_to_many(),
            link("known_by", Kind::ToMany).inverse("knows").many_to_many(),
        ],
    )
}

struct Nodes(Service);

impl Nodes {
    fn node(&self, parent: Option<&str>) -> String {
        self.0.id("c_node", &json!({ "parent_id": parent }))
    }

    fn know(&self, node: &str, others: &[&str]) {
        let data: Vec<_> = others.iter().map(|id| json!({ "type": "c_node", "id": id })).collect();
        let path = format!("/objects/c_node/records/{node}/relationships/knows");
        let body = json!({ "data": data }).to_string();
        self.0.send(Method::PATCH, &path, Some(body)).expect(200);
    }

    fn knows(&self, node: &str) -> Value {
        let path = format!("/objects/c_node/records/{node}/relationships/knows");
        let page = self.0.get(&path).expect(200);
        page["data"].as_array().unwrap().iter().map(|record| record["id"].clone()).collect()
    }

    fn merge(&self, target: &str, sources: &[&str]) {
        let data = json!({ "type": "c_node", "attributes": { "sources": sources } });
        let path = format!("/objects/c_node/records/{target}/merges");
        let body = json!({ "data": data }).to_string();
        assert_eq!(self.0.send(Method::POST, &path, Some(body)).status, 204);
    }

    fn parent(&self, node: &str) -> Value {
        self.0.attributes("c_node", node)["parent_id"].clone()
    }
}

#[test]
fn links_between_merged_records_vanish() {
    let nodes = Nodes(Service::of(Server::builder().register(&nodes())));
    let a = nodes.node(None);
    let (b, c) = (nodes.node(Some(&a)), nodes.node(Some(&a)));
    nodes.merge(&b, &[&a]);
    assert_eq!(nodes.parent(&b), Value::Null, "its parent was merged into it");
    assert_eq!(nodes.parent(&c), b);

    let top = nodes.node(None);
    let d = nodes.node(Some(&top));
    let e = nodes.node(Some(&d));
    nodes.merge(&e, &[&d]);
    assert_eq!(nodes.parent(&e), top, "it takes its parent's");
    let (f, g) = (nodes.node(None), nodes.node(None));
    let h = nodes.node(Some(&f));
    nodes.merge(&f, &[&g, &h]);
    assert_eq!(nodes.parent(&f), Value::Null, "a source led to it");
}

#[test]
fn what_a_record_was_to_itself_outlives_a_merge() {
    let nodes = Nodes(Service::of(Server::builder().register(&nodes())));
    let own = nodes.node(None);
    nodes.0.update("c_node", &own, &json!({ "parent_id": own })).expect(200);
    let (source, other) = (nodes.node(None), nodes.node(None));
    nodes.know(&own, &[&own, &source]);
    nodes.know(&source, &[&source, &own, &other]);
    nodes.merge(&own, &[&source]);
    assert_eq!(nodes.parent(&own), own);
    assert_eq!(nodes.knows(&own), json!([own, other]));
    let alone = nodes.node(None);
    let source = nodes.node(None);
    nodes.0.update("c_node", &source, &json!({ "parent_id": source })).expect(200);
    nodes.know(&source, &[&source]);
    nodes.merge(&alone, &[&source]);
    assert_eq!((nodes.parent(&alone), nodes.knows(&alone)), (Value::Null, json!([])));
}
