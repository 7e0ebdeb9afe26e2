//! Rows that are refused, mended and imported again.

use std::fs;

use super::{counts, error, import, records, scene, values};
use crate::scene::{Scene, json};

#[test]
fn refused_rows_are_mended_and_imported_as_they_are() {
    let scene = scene();
    let text = "order_number,order_date,freight\n1,2025-01-01,1\n2,soon,x\n,2025-01-01,1\n4,2025-01-01,1,2\n";
    fs::write(scene.file("o.csv"), text).unwrap();
    let ended = import(&scene, &["c_order", "o.csv"]);
    assert_eq!((ended.code, counts(&ended.out)), (Some(3), [1, 0, 3, 0, 0]));
    assert!(ended.error.contains("hint: mend `o.refused.csv`"), "{}", ended.error);
    let refused = fs::read_to_string(scene.file("o.refused.csv")).unwrap();
    let lines: Vec<&str> = refused.lines().collect();
    assert_eq!(lines[0], "order_number,order_date,freight,_line,_reason,_text");
    assert_eq!(
        lines[1],
        "2,soon,x,3,`order_date`: `soon` is no date as `YYYY-MM-DD`; `freight`: `x` is no number,"
    );
    assert_eq!(lines[2], ",2025-01-01,1,4,`order_number`: `order_number` is required,");
    assert_eq!(
        lines[3],
        "4,2025-01-01,\"1,2\",5,it has 4 cells where the header has 3,\"4,2025-01-01,1,2\""
    );
    let mended = refused.replace("soon,x", "2025-02-02,7").replace("\n,2025", "\n3,2025");
    let mended = mended.replace("\"1,2\"", "2").replace("\"4,2025-01-01,1,2\"", "");
    fs::write(scene.file("o.refused.csv"), mended).unwrap();
    assert_eq!(counts(&import(&scene, &["c_order", "o.refused.csv"]).done()), [3, 0, 0, 0, 0]);
    assert_eq!(records(&scene, "c_order").len(), 4);
}

#[test]
fn refused_objects_are_kept_as_json() {
    let scene = scene();
    let text = "[{\"order_number\":\"1\",\"freight\":1.10},\n{\"order_number\":\"2\",\"freight\":\"x\"},\n{\"order_number\":]";
    fs::write(scene.file("o.json"), text).unwrap();
    let ended = import(&scene, &["c_order", "o.json"]);
    assert_eq!((ended.code, counts(&ended.out)), (Some(3), [1, 0, 2, 0, 0]));
    let refused = fs::read_to_string(scene.file("o.refused.ndjson")).unwrap();
    let lines: Vec<&str> = refused.lines().collect();
    let first = json(lines[0]);
    assert_eq!((&first["order_number"], &first["_line"]), (&"2".into(), &2.into()));
    assert_eq!(json(lines[1])["_text"], "{\"order_number\":]");
    fs::write(scene.file("o.refused.ndjson"), lines[0].replace("\"x\"", "2.20")).unwrap();
    import(&scene, &["c_order", "o.refused.ndjson"]).done();
    assert_eq!(values(&scene, "c_order", "freight"), [1.1, 2.2]);
}

#[test]
fn items_of_an_array_in_one_line_are_told_apart() {
    let scene = scene();
    let items = [
        r#"{"order_number":"1","freight":1}"#,
        r#"{"order_number":"2","freight":"x"}"#,
        r#"{"order_number":"3","freight":1,"freight":2}"#,
        r#"{"order_number":"1","freight":3}"#,
        r#"5"#,
    ];
    fs::write(scene.file("o.json"), format!("[{}]", items.join(","))).unwrap();
    let dry = import(&scene, &["c_order", "o.json", "--dry-run", "--report", "p"]);
    assert!(!dry.error.contains("_text"), "it is no column: {}", dry.error);
    assert!(
        dry.error.contains("2 rows can't be read, the first in item 3 (line 1)"),
        "{}",
        dry.error
    );
    let report = json(&dry.out);
    assert_eq!(report, json(&fs::read_to_string(scene.file("p")).unwrap()));
    let told =
        |place: usize| (&report["refusals"][place]["item"], &report["refusals"][place]["line"]);
    assert_eq!(
        [told(0), told(1), told(2)],
        [(&2.into(), &1.into()), (&3.into(), &1.into()), (&5.into(), &1.into())]
    );
    let reason = &report["refusals"][1]["reason"];
    assert_eq!(reason, "it has the member `freight` twice, and can mean only one of them");
    let real = import(&scene, &["c_order", "o.json", "--ids", "ids"]);
    assert_eq!((real.code, counts(&real.out)), (Some(3), [1, 1, 3, 0, 0]));
    let merged = serde_json::json!([{"line":1,"item":4,"into":1,"into_item":1,"value":"1"}]);
    assert_eq!((&json(&real.out)["merged"], &report["merged"]), (&merged, &merged));
    assert!(real.error.contains("item 4 (line 1) is about the record of item 1 (line 1)"));
    let refused = fs::read_to_string(scene.file("o.refused.ndjson")).unwrap();
    let refused: Vec<_> = refused.lines().map(json).collect();
    assert_eq!(refused.iter().map(|one| &one["_item"]).collect::<Vec<_>>(), [&2, &3, &5]);
    assert_eq!(refused[1]["_text"], items[2]);
    let ids = fs::read_to_string(scene.file("ids")).unwrap();
    assert_eq!(ids.lines().map(|one| json(one)["item"].clone()).collect::<Vec<_>>(), [1, 4]);
}

#[test]
fn what_the_service_alone_refuses_has_its_reason_too() {
    let scene = scene();
    scene.create("company", &["domains=a.ch"]);
    scene.create("company", &["domains=b.ch"]);
    fs::write(scene.file("c.csv"), "name,domains\nboth,a.ch;b.ch\nx,c.ch\n").unwrap();
    let ended = import(&scene, &["company", "c.csv"]);
    assert_eq!((ended.code, counts(&ended.out)), (Some(3), [1, 0, 1, 0, 0]));
    let refused = fs::read_to_string(scene.file("c.refused.csv")).unwrap();
    assert!(refused.contains("belong to"), "{refused}");
}

#[test]
fn an_import_stops_after_too_many_refusals_and_goes_on() {
    let scene = scene();
    let rows: String = (0..500).map(|n| format!("{n},soon\n")).collect();
    fs::write(scene.file("o.csv"), format!("order_number,order_date\n{rows}")).unwrap();
    let arguments = ["c_order", "o.csv", "--max-errors", "10", "--concurrency", "1"];
    let ended = import(&scene, &arguments);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(
        ended.error.contains("11 rows were refused: the import has stopped"),
        "{}",
        ended.error
    );
    let [.., not_attempted] = counts(&ended.out);
    assert!(not_attempted > 0);
    let ended = import(&scene, &["c_order", "o.csv"]);
    assert_eq!((ended.code, counts(&ended.out)), (Some(3), [0, 0, 500, 0, 0]));
    let refused = fs::read_to_string(scene.file("o.refused.csv")).unwrap();
    assert_eq!(refused.lines().count(), 501, "each once");
}

/// Orders of which those in these places have no date that can be read.
fn with_bad(scene: &Scene, rows: usize, bad: &[usize]) {
    let date = |n: usize| if bad.contains(&n) { "soon" } else { "2025-01-01" };
    let rows: String = (0..rows).map(|n| format!("{n},{}\n", date(n))).collect();
    fs::write(scene.file("o.csv"), format!("order_number,order_date\n{rows}")).unwrap();
}

#[test]
fn a_dry_run_stops_where_the_real_one_does() {
    for (bad, most, expected, code) in [
        (&[100, 200, 300][..], "1", [199, 0, 2, 0, 299], 1),
        (&[100, 200, 300], "0", [100, 0, 1, 0, 399], 1),
        (&[100, 200, 300], "3", [497, 0, 3, 0, 0], 3),
        (&[100, 200, 499], "2", [497, 0, 3, 0, 0], 3),
        (&[499], "0", [499, 0, 1, 0, 0], 3),
        (&[], "0", [500, 0, 0, 0, 0], 0),
    ] {
        let scene = scene();
        with_bad(&scene, 500, bad);
        let arguments = ["c_order", "o.csv", "--max-errors", most];
        let dry = import(&scene, &[&arguments[..], &["--dry-run"]].concat());
        let real = import(&scene, &arguments);
        assert_eq!((dry.code, counts(&dry.out)), (Some(code), expected), "{bad:?}: {}", dry.error);
        assert_eq!(
            (real.code, counts(&real.out)),
            (Some(code), expected),
            "{bad:?}: {}",
            real.error
        );
        assert_eq!(dry.error.contains(" would be refused: the import would stop"), code == 1);
        assert_eq!(real.error.contains(" refused: the import has stopped"), code == 1);
        assert_eq!(scene.file("o.csv.clarify-journal").exists(), code == 1, "only what goes on");
        if code == 1 {
            let rest = import(&scene, &["c_order", "o.csv"]);
            let all = [500 - bad.len() as u64, 0, bad.len() as u64, 0, 0];
            assert_eq!((rest.code, counts(&rest.out)), (Some(3), all), "{}", rest.error);
            let refused = fs::read_to_string(scene.file("o.refused.csv")).unwrap();
            assert_eq!(refused.lines().count(), bad.len() + 1, "each once");
        }
    }
}

#[test]
fn each_run_may_have_as_many_refusals_anew() {
    let scene = scene();
    with_bad(&scene, 500, &[100, 200, 300]);
    let arguments = ["c_order", "o.csv", "--max-errors", "0"];
    for (refused, left) in [(1, 399), (2, 299), (3, 199)] {
        let ended = import(&scene, &arguments);
        assert!(error(&ended, 1).contains("1 row was refused: the import has stopped"));
        assert_eq!(counts(&ended.out), [500 - left - refused, 0, refused, 0, left]);
    }
    let ended = import(&scene, &arguments);
    assert_eq!((ended.code, counts(&ended.out)), (Some(3), [497, 0, 3, 0, 0]), "{}", ended.error);
}

#[test]
fn one_row_is_one_row() {
    let scene = scene();
    with_bad(&scene, 2, &[1]);
    let dry = import(&scene, &["c_order", "o.csv", "--dry-run"]);
    assert_eq!(error(&dry, 3), "1 row would be refused\n");
    let real = import(&scene, &["c_order", "o.csv"]);
    assert!(error(&real, 3).starts_with("1 row could not be imported\n"));
}

#[cfg(unix)]
#[test]
fn a_folder_that_can_not_be_written_is_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt as _;

    let scene = scene();
    let folder = scene.file("kept");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("c.csv"), "name,employee_count\na,1\nb,many\n").unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let ended = import(&scene, &["company", "kept/c.csv"]);
    assert_eq!((ended.code, counts(&ended.out)), (Some(3), [1, 0, 1, 0, 0]));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    assert!(scene.file("c.refused.csv").exists() && scene.file("c.csv.clarify-journal").exists());
    let again = import(&scene, &["company", "kept/c.csv"]).error;
    assert!(again.contains("this file has been imported"), "{again}");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Rows that can't be read: one with too many cells, one with too few, and three with stray quotes.
const UNREADABLE: &str = "order_number,ship_name,ship_country\n1,Ana,Peru\n2,Ana,Venezuela,extra\n3,Ana\n\
                          4,\"Ana,Peru\n5,\"the \"best\"\",Peru\n6,Ana,\"Peru\n7,Ana, Peru, Lima\n";

#[test]
fn rows_that_nobody_has_mended_are_refused_again() {
    let scene = scene();
    fs::write(scene.file("o.csv"), UNREADABLE).unwrap();
    let ended = import(&scene, &["c_order", "o.csv", "--no-rejoin"]);
    assert_eq!((ended.code, counts(&ended.out)), (Some(3), [1, 0, 6, 0, 0]));
    let texts = |name: &str| {
        let mut reader = csv::Reader::from_path(scene.file(name)).unwrap();
        let rows: Vec<_> = reader.records().map(|row| row.unwrap()).collect();
        rows.iter().map(|row| [&row[0], &row[1], &row[2], &row[5]].join("|")).collect::<Vec<_>>()
    };
    let first = texts("o.refused.csv");
    assert_eq!(first[0], "2|Ana|Venezuela,extra|2,Ana,Venezuela,extra");
    assert_eq!(first[1], "3|Ana||3,Ana");
    let mut last = "o.refused.csv".to_owned();
    for next in ["o.refused-2.csv", "o.refused-3.csv"] {
        let dry = import(&scene, &["c_order", &last, "--dry-run"]);
        let real = import(&scene, &["c_order", &last]);
        for ended in [&dry, &real] {
            assert_eq!((ended.code, counts(&ended.out)), (Some(3), [0, 0, 6, 0, 0]), "{ended:?}");
        }
        assert!(dry.out.contains("it is not mended: correct its cells, and empty its `_text`"));
        assert_eq!(texts(next), first);
        last = next.to_owned();
    }
    let mended = fs::read_to_string(scene.file(&last)).unwrap();
    let mended = mended.replace("\"Venezuela,extra\"", "Venezuela");
    let mended = mended.replace(",\"2,Ana,Venezuela,extra\"", ",");
    fs::write(scene.file(&last), mended).unwrap();
    let ended = import(&scene, &["c_order", &last]);
    assert_eq!((ended.code, counts(&ended.out)), (Some(3), [1, 0, 5, 0, 0]));
    assert_eq!(values(&scene, "c_order", "ship_country"), ["Peru", "Venezuela"]);
}

#[test]
fn objects_that_nobody_has_mended_are_refused_again() {
    let scene = scene();
    let text = "{\"order_number\":\"1\"}\n{\"order_number\":\n{\"order_number\":\"2\",\"freight\":\"x\"}\n";
    fs::write(scene.file("o.ndjson"), text).unwrap();
    assert_eq!(counts(&import(&scene, &["c_order", "o.ndjson"]).out), [1, 0, 2, 0, 0]);
    let again = import(&scene, &["c_order", "o.refused.ndjson"]);
    assert_eq!((again.code, counts(&again.out)), (Some(3), [0, 0, 2, 0, 0]));
    let refused = fs::read_to_string(scene.file("o.refused-2.ndjson")).unwrap();
    assert_eq!(json(refused.lines().next().unwrap())["_text"], "{\"order_number\":");
}

#[test]
fn a_report_names_all_that_is_refused_where_it_is_asked_for() {
    let scene = scene();
    with_bad(&scene, 20, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    for more in [&["--dry-run"][..], &[]] {
        let ended = import(&scene, &[&["c_order", "o.csv", "--restart"], more].concat());
        let told = json(&ended.out);
        assert_eq!(told["refusals"].as_array().unwrap().len(), 10, "{told}");
        assert!(told.get("written").is_none(), "each is known to be new or not: {told}");
        let report = ["c_order", "o.csv", "--restart", "--report", "report.json"];
        import(&scene, &[&report[..], more].concat());
        let report = json(&fs::read_to_string(scene.file("report.json")).unwrap());
        assert_eq!(report["refusals"].as_array().unwrap().len(), 13, "{report}");
        let reason = "`order_date`: `soon` is no date as `YYYY-MM-DD`";
        assert_eq!(report["refusals"][12]["reason"], reason);
    }
}
