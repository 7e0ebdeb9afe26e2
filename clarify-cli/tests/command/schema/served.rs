//! A service of a snapshot.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use clarify_schema::{Field, Kind};

use super::{order_with, register};
use crate::scene::{KEY, Scene, end, read};

#[test]
fn a_snapshot_is_served_with_its_fields_in_order() {
    let scene = Scene::new();
    let fields = ["zeta", "alpha", "mid"].map(|name| Field::new(name, Kind::Text));
    register(&scene, &order_with(fields.into()));
    scene.run(&["schema", "pull"]).done();
    let mut serve = scene.bare(&["serve", "--addr", "127.0.0.1:0", "--workspace", "acme"]);
    serve.args(["--schema", "clarify.schema"]).env("CLARIFY_API_KEY", KEY);
    let mut child = serve.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.next().unwrap().unwrap();
    let url = line.strip_prefix("listening on ").unwrap();
    let mut pull = scene.command(&["schema", "pull", "--dir", "again", "--base-url", url]);
    let pulled = end(&mut pull);
    child.kill().unwrap();
    child.wait().unwrap();
    pulled.done();
    for file in ["c_sales_order.json", "company.json", "index.json"] {
        let text = |folder: &str| read(&scene.file(folder).join(file));
        assert_eq!(text("again"), text("clarify.schema"), "{file}");
    }
}
