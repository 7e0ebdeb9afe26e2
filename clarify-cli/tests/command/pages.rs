//! Completions, and the manual.

use crate::scene::{Scene, end};

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
fn the_help_tells_the_exit_codes() {
    let help = end(&mut Scene::new().bare(&["--help"])).done();
    for line in ["  0    done", "  3    done, but some records were refused", "  130  interrupted"]
    {
        assert!(help.contains(line), "{help}");
    }
}
