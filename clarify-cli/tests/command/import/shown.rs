//! What a person sees of an import on a terminal.

use std::fs;

use unicode_width::UnicodeWidthStr as _;

use super::scene;
use crate::terminal::Session;

/// Orders of which twelve have no date that can be read, and two are about the first.
fn write(path: &std::path::Path) {
    let bad: String = (0..12).map(|n| format!("{n},soon,Peru\n")).collect();
    let text = "order_number,order_date,ship_country\na,2025-01-01,Peru\n";
    fs::write(path, format!("{text}{bad}a,2025-01-02,Peru\n")).unwrap();
}

#[test]
fn reasons_and_where_the_others_are_told() {
    let scene = scene();
    write(&scene.file("o.csv"));
    for (flag, others) in [
        ("--dry-run", "… and 2 more that would be refused; `--report FILE` has all"),
        ("--yes", "… and 2 more that were refused; `o.refused.csv` has all"),
    ] {
        let command = scene.command(&["import", "c_order", "o.csv", flag]);
        let (shown, code) = Session::begin(&scene, &command, 120).end();
        assert_eq!(code, Some(3), "{shown}");
        let reason = "line 3: `order_date`: `soon` is no date as `YYYY-MM-DD`";
        assert_eq!(shown.matches(": `soon` is no date").count(), 10, "{shown}");
        assert!(shown.contains(reason) && shown.contains(others), "{shown}");
        assert_eq!(shown.matches("merged into").count(), 1, "told once: {shown}");
    }
}

#[test]
fn the_mapping_is_as_wide_as_the_terminal() {
    let scene = scene();
    write(&scene.file("o.csv"));
    let long = "--map=ship_country=ship_address";
    let command = scene.command(&["import", "c_order", "o.csv", "--yes", long]);
    Session::begin(&scene, &command, 120).end();
    for width in [60, 80, 120] {
        let command = scene.command(&["import", "c_order", "o.refused.csv", "--dry-run"]);
        let (shown, _) = Session::begin(&scene, &command, width).end();
        let table = shown.lines().skip(1).take_while(|line| line.starts_with(' '));
        let table: Vec<&str> = table.collect();
        assert_eq!(table.len(), 4, "only what the file is of: {shown}");
        for line in table {
            assert!(line.width() <= usize::from(width), "{width}: {shown}");
        }
    }
}
