//! Files in all the forms that they come in.

use std::fs;

use super::{counts, import, scene, values};
use crate::scene::{end, end_with, json};

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
        ("name,city\r\nZoë,Bern\rÖde,Chur\r\n".as_bytes().to_vec(), "one old line end"),
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

#[cfg(unix)]
#[test]
fn what_can_be_read_but_once_is_kept_meanwhile() {
    let scene = scene();
    fs::create_dir(scene.file("here")).unwrap();
    let pipe = scene.file("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let writer = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::write(pipe, "name,employee_count\na,1\nb,x\n").unwrap()
    });
    let mut command = scene.command(&["import", "company", "../pipe"]);
    let ended = end(command.current_dir(scene.file("here")));
    writer.join().unwrap();
    assert_eq!((ended.code, counts(&ended.out)), (Some(3), [1, 0, 1, 0, 0]), "{}", ended.error);
    let mut command = scene.command(&["import", "company", "/dev/stdin"]);
    let ended = end_with(command.current_dir(scene.file("here")), "name\nc\n");
    assert_eq!(counts(&ended.done()), [1, 0, 0, 0, 0]);
    let left = fs::read_dir(scene.file("here")).unwrap();
    assert_eq!(
        left.map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>(),
        ["pipe.refused.csv"]
    );
    let error = import(&scene, &["company", "-", "--journal", "j"]).failed(2);
    assert!(error.contains("an import of `-` has no journal"), "{error}");
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
    assert_eq!(lines[0], "name,city,country,_line,_reason,_text");
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
    assert!(failed(b"\0n\0a", &[], 1).contains("--encoding utf-16be"));
    assert!(failed(b"\xef\xbb\xbfname\n\xff\n", &[], 1).contains("line 2 is not UTF-8"));
    assert!(failed(b"name\n", &["--encoding", "klingon"], 2).contains("no encoding"));
    let missing = import(&scene, &["company", "nowhere.csv"]).failed(1);
    assert!(missing.contains("`nowhere.csv`"), "{missing}");
}

#[test]
fn a_byte_of_zero_has_a_hint_that_helps() {
    for (bytes, encoding) in [
        ("name,city\nZoë,Bern\nA\0B,x\n".as_bytes(), "utf-8"),
        (b"name,city\nZo\xeb,Bern\nA\0B,x\n", "windows-1252"),
    ] {
        let scene = scene();
        fs::write(scene.file("c.csv"), bytes).unwrap();
        let error = import(&scene, &["company", "c.csv"]).failed(1);
        assert!(error.contains("line 3 has a byte of 0"), "{error}");
        assert!(
            error.contains(&format!("`--encoding {encoding}` reads it all the same")),
            "{error}"
        );
        import(&scene, &["company", "c.csv", "--encoding", encoding]).done();
        assert_eq!(values(&scene, "company", "name"), ["Zoë", "A\0B"]);
    }
}

#[test]
fn a_line_end_in_quotes_stays_what_it_is() {
    let text = b"name,city\r\n\"a\rb\",Bern\r\n\"c\nd\",Chur\r\n\"e\r\nf\",Sion\r\n";
    assert_eq!(names("c.csv", text, &[]), ["a\rb", "c\nd", "e\r\nf"]);
}

#[test]
fn a_power_of_ten_is_read_alike_in_each_form() {
    let scene = scene();
    let powers = ["1e5", "1.5E+03", "-25e-2", "1e-5", "1e13"];
    let rows: String = powers.iter().map(|power| format!("{power},{power}\n")).collect();
    fs::write(scene.file("o.csv"), format!("order_number,freight\n{rows}")).unwrap();
    let objects = powers.map(|power| format!(r#"{{"order_number":"j{power}","freight":{power}}}"#));
    fs::write(scene.file("o.json"), format!("[{}]", objects.join(","))).unwrap();
    for name in ["o.csv", "o.json"] {
        let ended = import(&scene, &["c_order", name]);
        assert_eq!((ended.code, counts(&ended.out)), (Some(3), [3, 0, 2, 0, 0]), "{}", ended.error);
        let dry = import(&scene, &["c_order", name, "--dry-run"]);
        assert_eq!(counts(&dry.out), [0, 3, 2, 0, 0]);
    }
    let numbers = values(&scene, "c_order", "freight");
    let numbers: Vec<f64> = numbers.iter().map(|number| number.as_f64().unwrap()).collect();
    assert_eq!(numbers, [100_000.0, 1500.0, -0.25, 100_000.0, 1500.0, -0.25]);
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
