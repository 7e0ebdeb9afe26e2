//! Keeping a key, and forgetting it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::scene::{KEY, Scene, end, end_with, read};

fn login(scene: &Scene, key: &str) -> crate::scene::End {
    let arguments = ["login", "--workspace", "acme", "--base-url", &scene.server.url()];
    let mut command = scene.bare(&arguments);
    end_with(command.env("CLARIFY_CONFIG", scene.file("deep/er/config.toml")), key)
}

#[test]
fn a_key_that_is_taken_is_kept_for_its_owner_alone() {
    let scene = Scene::new();
    let ended = login(&scene, &format!("{KEY}\n"));
    assert!(ended.error.contains("`acme` has 6 objects"), "{ended:?}");
    ended.done();
    let path = scene.file("deep/er/config.toml");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let url = scene.base_url();
    let expected = format!("workspace = \"acme\"\nbase_url = \"{url}/v1\"\napi_key = \"{KEY}\"\n");
    assert_eq!(read(&path), expected);
    let with_file = |arguments: &[&str]| {
        let mut command = scene.bare(arguments);
        end(command.env("CLARIFY_CONFIG", &path))
    };
    with_file(&["status"]).done();
    with_file(&["logout"]).done();
    assert!(with_file(&["status"]).failed(1).contains("no API key"));
    assert!(!read(&path).contains(KEY));
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing else is left");
}

#[test]
fn a_key_that_is_not_taken_changes_nothing() {
    let scene = Scene::new();
    let error = login(&scene, "another").failed(1);
    assert!(error.contains("401") && error.contains("hint: nothing is kept"), "{error}");
    assert!(!error.contains("`clarify login`") && error.contains("`clarify serve`"), "{error}");
    assert!(!scene.file("deep").exists());
    login(&scene, KEY).done();
    login(&scene, "another").failed(1);
    assert!(read(&scene.file("deep/er/config.toml")).contains(KEY));
}

#[test]
fn without_a_terminal_nothing_is_asked() {
    let scene = Scene::new();
    let url = scene.base_url();
    let error = end_with(&mut scene.bare(&["login", "--base-url", &url]), KEY).failed(2);
    assert!(error.contains("no workspace is given") && error.contains("--workspace"), "{error}");
    // The address that `clarify serve` prints names the workspace.
    end_with(&mut scene.bare(&["login", "--base-url", &scene.server.url()]), KEY).done();
    end(&mut scene.bare(&["status"])).done();
}
