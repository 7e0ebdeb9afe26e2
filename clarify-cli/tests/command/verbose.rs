//! What `--verbose` shows.

use crate::scene::Scene;

#[test]
fn each_request_is_shown_with_its_answer_and_no_key() {
    let scene = Scene::new();
    let arguments =
        ["--verbose", "records", "list", "deal", "--filter", "name=Big", "--limit", "7"];
    let schemas = format!("> GET {}/v1/workspaces/acme/schemas", scene.base_url());
    let ended = scene.run(&arguments);
    let lines: Vec<&str> = ended.error.lines().collect();
    let path = "/v1/workspaces/acme/objects/deal/resources?filter%5Bname%5D=Big&page%5Blimit%5D=7";
    let request = format!("> GET {}{path}", scene.base_url());
    assert!(lines[0].starts_with(&schemas) && lines[1].starts_with("< 200 "), "{}", ended.error);
    assert!(lines[2].starts_with(&request) && lines[2].contains("api-key …"), "{}", ended.error);
    assert!(lines[3].starts_with("< 200 after ") && lines.len() == 4, "{}", ended.error);
    ended.done();
    assert_eq!(scene.run(&["records", "list", "deal"]).error, "");
}

#[test]
fn tries_that_fail_are_shown() {
    let scene = Scene::with(|builder| builder.fault("status=503,nth=1".parse().unwrap()));
    let ended = scene.run(&["objects", "--verbose"]);
    let lines: Vec<&str> = ended.error.lines().collect();
    assert!(lines[1].starts_with("< 503 after "), "{}", ended.error);
    assert!(lines[2].starts_with("* trying again in "), "{}", ended.error);
    assert!(lines[3].starts_with("> GET ") && lines[4].starts_with("< 200 "), "{}", ended.error);
    ended.done();
    let ended = scene.run(&["status", "--verbose", "--base-url", "http://127.0.0.1:1"]);
    assert!(ended.error.contains("< no answer (connect) after "), "{}", ended.error);
}
