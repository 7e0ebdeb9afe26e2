//! Where settings come from, and where the key goes.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::scene::{KEY, Scene, end, end_with};

fn write(path: &Path, text: &str, mode: u32) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn config(scene: &Scene) -> String {
    format!("workspace = 'acme'\nbase_url = '{}'\napi_key = '{KEY}'\n", scene.base_url())
}

#[test]
fn what_is_missing_is_named() {
    let scene = Scene::new();
    let error = end(&mut scene.bare(&["status"])).failed(1);
    assert!(error.contains("no workspace") && error.contains("clarify login"), "{error}");
    let error = end(&mut scene.bare(&["status", "--workspace", "acme"])).failed(1);
    assert!(error.contains("no API key") && error.contains("CLARIFY_API_KEY"), "{error}");
}

#[test]
fn without_a_home_the_environment_is_enough() {
    let scene = Scene::new();
    let mut command = scene.command(&["status"]);
    for variable in ["CLARIFY_CONFIG", "HOME", "XDG_CONFIG_HOME"] {
        command.env_remove(variable);
    }
    end(&mut command).done();
}

#[test]
fn flags_come_before_the_environment_and_that_before_the_file() {
    let scene = Scene::new();
    write(&scene.file("config.toml"), &config(&scene), 0o600);
    let path = scene.file("config.toml").display().to_string();
    let out = end(&mut scene.bare(&["status"])).done();
    assert!(out.contains("objects    6"), "{out}");
    assert_eq!(out.matches(&path).count(), 3, "{out}");
    let out = scene.run(&["status", "--workspace", "acme"]).done();
    assert!(out.contains("acme (from --workspace)"), "{out}");
    assert!(out.contains("API key    from the environment's CLARIFY_API_KEY"), "{out}");
    let error = scene.run(&["status", "--workspace", "beta"]).failed(1);
    assert!(error.contains("404") && !error.contains("`clarify status`"), "{error}");
    let mut command = scene.bare(&["status"]);
    let error = end(command.env("CLARIFY_API_KEY", "another")).failed(1);
    assert!(error.contains("401") && error.contains("clarify login"), "{error}");
    assert!(!error.contains("`clarify status`"), "{error}");
    let mut command = scene.bare(&["objects"]);
    let error = end(command.env("CLARIFY_API_KEY", "another")).failed(1);
    assert!(error.contains("`clarify status`"), "{error}");
    assert!(error.contains("`clarify serve` makes a new key at each start"), "{error}");
}

#[test]
fn a_workspace_may_be_named_before_the_command() {
    let scene = Scene::new();
    write(&scene.file("key"), KEY, 0o600);
    let url = scene.base_url();
    let before = ["--workspace", "acme", "--base-url", &url, "--api-key-file", "key"];
    for command in [&["objects"][..], &["records", "list", "deal"], &["schema", "pull"], &["login"]]
    {
        end(&mut scene.bare(&[&before[..], command].concat())).done();
    }
    let error = scene.run(&["--workspace", "acme", "status", "--workspace", "beta"]).failed(1);
    assert!(error.contains("404"), "what stands behind goes over it: {error}");
    for command in ["serve", "logout", "man"] {
        let error = end(&mut scene.bare(&["--workspace", "acme", command])).failed(2);
        assert!(error.contains("asks no workspace"), "{error}");
    }
}

#[test]
fn the_key_may_be_in_a_file_of_its_own_or_on_the_standard_input() {
    let scene = Scene::new();
    write(&scene.file("key"), &format!("{KEY}\n"), 0o600);
    let url = scene.base_url();
    let from = |file| ["status", "--workspace", "acme", "--base-url", &url, "--api-key-file", file];
    assert!(end(&mut scene.bare(&from("key"))).done().contains("from --api-key-file"));
    end_with(&mut scene.bare(&from("-")), KEY).done();
    let error = end_with(&mut scene.bare(&from("-")), "\n").failed(1);
    assert!(error.contains("there is no key in it"), "{error}");
    assert!(end(&mut scene.bare(&from("nowhere"))).failed(1).contains("`nowhere`"));
}

#[test]
fn the_key_of_a_file_goes_to_the_service_of_that_file_alone() {
    let (scene, other) = (Scene::new(), Scene::new());
    write(&scene.file("config.toml"), &config(&scene), 0o600);
    let error = end(&mut scene.bare(&["status", "--base-url", &other.base_url()])).failed(1);
    assert!(error.contains(&scene.base_url()) && error.contains("CLARIFY_API_KEY"), "{error}");
    write(&scene.file("config.toml"), &format!("workspace = 'acme'\napi_key = '{KEY}'\n"), 0o600);
    let error = end(&mut scene.bare(&["status", "--base-url", &scene.base_url()])).failed(1);
    assert!(error.contains("is for https://api.clarify.ai"), "{error}");
}

#[test]
fn a_key_that_others_can_read_is_refused() {
    let scene = Scene::new();
    let path = scene.file("config.toml");
    for mode in [0o640, 0o604, 0o644] {
        write(&path, &config(&scene), mode);
        let error = end(&mut scene.bare(&["status"])).failed(1);
        assert!(error.contains("others") && error.contains("hint: `chmod 600 "), "{error}");
    }
    write(&path, "workspace = 'acme'\n", 0o644);
    assert!(end(&mut scene.bare(&["status"])).failed(1).contains("no API key"));
}

#[test]
fn a_file_that_can_not_be_read_says_which_line() {
    let scene = Scene::new();
    for bad in [format!("workspace = 'acme'\nkey = '{KEY}'\n"), format!("\n{KEY} is my key\n")] {
        write(&scene.file("config.toml"), &bad, 0o600);
        let error = end(&mut scene.bare(&["status"])).failed(1);
        assert!(error.contains("config.toml`: line 2") && error.contains("`api_key`"), "{error}");
    }
}

#[test]
fn a_service_that_is_not_there_is_said_to_be_so() {
    let scene = Scene::new();
    let error = scene.run(&["status", "--base-url", "http://127.0.0.1:1"]).failed(1);
    assert!(error.contains("could not be reached") && error.contains("refused"), "{error}");
    let ended = scene.run(&["status", "--base-url", "https://me:s3cret@api.clarify.ai"]);
    assert!(!format!("{ended:?}").contains("s3cret"), "{ended:?}");
    assert!(ended.failed(1).contains("can't carry a user"));
    let error = scene.run(&["status", "--base-url", "http://api.clarify.ai"]).failed(1);
    assert!(error.contains("plain http"), "{error}");
}
