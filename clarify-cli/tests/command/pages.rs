//! Completions, and the manual.

use crate::scene::{Scene, end, read};

#[test]
fn every_shell_has_completions() {
    let scene = Scene::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = end(&mut scene.bare(&["completions", shell])).done();
        assert!(script.contains("upsert") && script.contains("api-key-file"), "{shell}");
    }
    end(&mut scene.bare(&["completions", "csh"])).code.filter(|code| *code == 2).unwrap();
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let scene = Scene::new();
    let page = end(&mut scene.bare(&["man"])).done();
    assert!(page.contains(".TH clarify 1") && page.contains("Exit codes"), "{page}");
    end(&mut scene.bare(&["man", "pages"])).done();
    for name in ["clarify.1", "clarify-export.1", "clarify-records-upsert.1"] {
        assert!(scene.file("pages").join(name).exists(), "{name}");
    }
}

#[test]
fn the_help_tells_the_exit_codes_as_the_documentation_does() {
    let help = end(&mut Scene::new().bare(&["--help"])).done();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/command.md");
    let text = read(std::path::Path::new(path));
    let (_, table) = text.split_once("## Exit codes").unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let rows: Vec<(&str, &str)> = rows.filter_map(|row| row.split_once(" | ")).collect();
    assert_eq!(rows.len(), 7 + 1, "{rows:?}");
    for (code, meaning) in rows.into_iter().skip(1) {
        assert!(help.contains(&format!("  {code:<4} {meaning}\n")), "{code}: {help}");
    }
}
