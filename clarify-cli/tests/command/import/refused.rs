//! Rows that are refused, mended and imported again.

use std::fs;

use super::{counts, import, records, scene, values};
use crate::scene::json;

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
    assert_eq!(lines[0], "order_number,order_date,freight,_line,_reason");
    assert_eq!(
        lines[1],
        "2,soon,x,3,`order_date`: `soon` is no date as `YYYY-MM-DD`; `freight`: `x` is no number"
    );
    assert_eq!(lines[2], ",2025-01-01,1,4,`order_number`: `order_number` is required");
    assert_eq!(lines[3], "4,2025-01-01,\"1,2\",5,it has 4 cells where the header has 3");
    let mended = refused.replace("soon,x", "2025-02-02,7").replace("\n,2025", "\n3,2025");
    fs::write(scene.file("o.refused.csv"), mended.replace("\"1,2\"", "2")).unwrap();
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
