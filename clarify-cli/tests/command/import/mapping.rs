//! Which column goes where.

use std::fs;

use super::{counts, import, records, scene, values};

#[test]
fn no_column_is_left_out_unless_that_is_said() {
    let scene = scene();
    fs::write(scene.file("c.csv"), "companyName,fax\nCERN,1\n").unwrap();
    let ended = import(&scene, &["company", "c.csv"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.error.contains("fax          (no field)"), "{}", ended.error);
    assert!(ended.error.contains("error: no field takes the columns `fax`"), "{}", ended.error);
    assert!(records(&scene, "company").is_empty());
    for said in [&["--ignore-unmapped"][..], &["--map", "fax="], &["--map", "fax=phone"], &["-y"]] {
        import(&scene, &[&["company", "c.csv", "--restart"], said].concat()).done();
    }
    assert_eq!(values(&scene, "company", "name"), ["CERN"; 4]);
}

#[test]
fn a_mapping_is_saved_and_used() {
    let scene = scene();
    fs::write(scene.file("c.csv"), "Firma,Ort,fax\nCERN,Meyrin,1\n").unwrap();
    let said = ["--map", "Firma=name", "--map", "Ort=city", "--map", "fax="];
    let saved = ["--save-mapping", "m.toml"];
    import(&scene, &[&["company", "c.csv"], &said[..], &saved].concat()).done();
    assert!(records(&scene, "company").is_empty(), "nothing is sent");
    let text = fs::read_to_string(scene.file("m.toml")).unwrap();
    assert!(text.contains("object = \"company\"") && text.contains("Firma = \"name\""), "{text}");
    let out = import(&scene, &["company", "c.csv", "--mapping", "m.toml"]).done();
    assert_eq!(counts(&out), [1, 0, 0, 0, 0]);
    assert_eq!(values(&scene, "company", "city"), ["Meyrin"]);
    let other = import(&scene, &["c_order", "c.csv", "--mapping", "m.toml"]);
    assert!(other.failed(2).contains("the mapping is for `company`, not `c_order`"));
}

#[test]
fn mistakes_are_told_before_anything_is_sent() {
    let scene = scene();
    fs::write(scene.file("o.csv"), "order_number\n1\n").unwrap();
    let failed = |arguments: &[&str], code: i32| {
        let ended = import(&scene, &[&["c_order", "o.csv"], arguments].concat());
        assert_eq!(ended.code, Some(code), "{ended:?}");
        ended.error
    };
    assert!(failed(&["--map", "x=name"], 2).contains("there is no column `x`"));
    assert!(failed(&["--map", "order_number=freigth"], 2).contains("there is `freight`"));
    assert!(failed(&["--link", "freight=company.name"], 2).contains("no link to one record"));
    assert!(failed(&["--link", "company_id=person.name"], 2).contains("leads to `company`"));
    assert!(
        failed(&["--link", "company_id=company.name"], 2)
            .contains("no column goes to `company_id`")
    );
    let link = ["--map", "order_number=company_id", "--link", "company_id=company.nam"];
    assert!(failed(&link, 2).contains("there is `name`"));
    assert!(failed(&["--decimal", "freigth=point"], 2).contains("there is `freight`"));
    assert!(
        failed(&["--date-format", "order_dat=DD/MM/YYYY"], 2).contains("there is `order_date`")
    );
    assert!(failed(&["--time-zone", "Moon/Sea"], 2).contains("no time zone"));
    let unknown = import(&scene, &["c_ordr", "o.csv"]).failed(1);
    assert!(unknown.contains("there is `c_order`"), "{unknown}");
}

#[test]
fn a_mapping_names_the_object_too() {
    let scene = scene();
    fs::write(scene.file("c.csv"), "Firma\nCERN\n").unwrap();
    fs::write(scene.file("m.toml"), "object = \"company\"\n[columns]\nFirma = \"name\"\n").unwrap();
    import(&scene, &["c.csv", "--mapping", "m.toml"]).done();
    assert_eq!(values(&scene, "company", "name"), ["CERN"]);
    fs::write(scene.file("m.toml"), "[columns]\nFirma = \"name\"\n").unwrap();
    let error = import(&scene, &["c.csv", "--mapping", "m.toml"]).failed(2);
    assert!(error.contains("the mapping `m.toml` names no object"), "{error}");
    assert_eq!(import(&scene, &["c.csv"]).code, Some(2));
}
