//! Files in all the forms that they come in.

use std::fs;

use super::{counts, import, scene, values};
use crate::scene::{end_with, json};

/// The names of the companies that a file makes.
fn names(name: &str, bytes: &[u8], more: &[&str]) -> Vec<serde_json::Value> {
    let scene = scene();
    fs::write(scene.file(name), bytes).unwrap();
    import(&scene, &[&["company", name], more].concat()).done();
    let mut names = values(&scene, "company", "name");
    names.sort_by_key(ToString::to_string);
    names
}

fn utf16(text: &str) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn marks_line_ends_delimiters_and_encodings_are_recognised() {
    for (bytes, what) in [
        ("name,city\nZoë,Bern\nÖde,Chur\n".as_bytes().to_vec(), "plain"),
        ("\u{feff}name,city\r\nZoë,Bern\r\nÖde,Chur\r\n".as_bytes().to_vec(), "a mark and CRLF"),
        ("name;city\nZoë;Bern\nÖde;Chur".as_bytes().to_vec(), "semicolons, and no last end"),
        ("name\tcity\nZoë\tBern\nÖde\tChur\n".as_bytes().to_vec(), "tabs"),
        ("sep=|\nname|city\nZoë|Bern\nÖde|Chur\n".as_bytes().to_vec(), "as a spreadsheet says it"),
        ("name,city\rZoë,Bern\rÖde,Chur\r".as_bytes().to_vec(), "old line ends"),
        (b"name,city\nZo\xeb,Bern\n\xd6de,Chur\n".to_vec(), "windows-1252"),
        (utf16("name,city\r\nZoë,Bern\r\nÖde,Chur\r\n"), "UTF-16"),
    ] {
        assert_eq!(names("c.csv", &bytes, &[]), ["Zoë", "Öde"], "{what}");
    }
    let greek = b"name,city\n\xc1\xe8\xde\xed\xe1,x\n";
    assert_eq!(names("c.csv", greek, &["--encoding", "iso-8859-7"]), ["Αθήνα"]);
}

#[test]
fn json_is_read_in_each_of_its_forms() {
    for text in [
        r#"[{"name":"a","domains":["a.ch"]},{"name":"b","domains":{"items":["b.ch"]}}]"#,
        "{\"name\":\"a\",\"domains\":\"a.ch\"}\n{\"name\":\"b\"}\n",
        r#"{"links":{},"data":[{"id":"x","type":"company","attributes":{"name":"a","_id":"x"}},
            {"id":"y","type":"company","attributes":{"name":"b","domains":null}}]}"#,
    ] {
        assert_eq!(names("c.json", text.as_bytes(), &[]), ["a", "b"], "{text}");
    }
}

#[test]
fn the_standard_input_is_read_too() {
    let scene = scene();
    let mut command = scene.command(&["import", "company", "-", "--map", "code=customer_code"]);
    let out = end_with(&mut command, "name,code\na,1\nb,2\n").done();
    assert_eq!(counts(&out), [2, 0, 0, 0, 0]);
    assert_eq!(values(&scene, "company", "customer_code").len(), 2);
}

#[test]
fn a_stray_quote_costs_its_own_row_alone() {
    let scene = scene();
    let text = "name,city,country\na,\"x,y\nb,x,y\nc,\"the \"old\" town\",y\nd,\"x\",y\n";
    fs::write(scene.file("c.csv"), text).unwrap();
    let ended = import(&scene, &["company", "c.csv"]);
    assert_eq!(ended.code, Some(3));
    assert_eq!(counts(&ended.out), [2, 0, 2, 0, 0]);
    let refused = fs::read_to_string(scene.file("c.refused.csv")).unwrap();
    let lines: Vec<&str> = refused.lines().collect();
    assert_eq!(lines[0], "name,city,country,_line,_reason");
    assert!(lines[1].contains("the quote that opens in `city`"), "{refused}");
    assert!(lines[2].contains("closing quote of `city`"), "{refused}");
}

#[test]
fn what_can_not_be_read_at_all_says_so() {
    let scene = scene();
    let failed = |bytes: &[u8], more: &[&str], code| {
        fs::write(scene.file("c.csv"), bytes).unwrap();
        let ended = import(&scene, &[&["company", "c.csv"], more].concat());
        assert_eq!(ended.code, Some(code), "{ended:?}");
        ended.error
    };
    assert!(failed(b"", &[], 1).contains("there is nothing in it"));
    assert!(failed(b"name,name\n", &[], 1).contains("two columns are named `name`"));
    assert!(failed(b"n\0a\0", &[], 1).contains("--encoding utf-16le"));
    assert!(failed(b"\xef\xbb\xbfname\n\xff\n", &[], 1).contains("line 2 is not UTF-8"));
    assert!(failed(b"name\n", &["--encoding", "klingon"], 2).contains("no encoding"));
    let missing = import(&scene, &["company", "nowhere.csv"]).failed(1);
    assert!(missing.contains("`nowhere.csv`"), "{missing}");
}

#[test]
fn an_export_is_imported_as_it_is() {
    let (scene, other) = (scene(), scene());
    scene.create("company", &["name=CERN", "domains=cern.ch;home.cern"]);
    scene.create("company", &["name=Odd", r#"domains=["a;b.ch"]"#]);
    for name in ["out.csv", "out.json", "out.ndjson"] {
        scene.run(&["export", "company", "-o", name]).done();
        fs::copy(scene.file(name), other.file(name)).unwrap();
        import(&other, &["company", name]).done();
        assert_eq!(values(&other, "company", "domains"), values(&scene, "company", "domains"));
        assert_eq!(
            json(&other.run(&["records", "list", "company", "--output", "json"]).done())
                .as_array()
                .unwrap()
                .len(),
            2
        );
    }
}
