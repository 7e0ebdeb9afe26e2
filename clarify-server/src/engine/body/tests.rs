use clarify_schema::COMPANY;

use super::*;

fn refused(body: &[u8]) -> String {
    read_envelope::<Data<'_>>(body).err().unwrap().faults[0].line()
}

fn read(body: &str) -> Vec<Item> {
    let (object, contract, id) = (&COMPANY, &Terms::DOCUMENTED, IdRule::Forbidden);
    let reader = Reader { object, contract, id, takes_relationships: false };
    read_many(&read_envelope(body.as_bytes()).unwrap(), reader, None).unwrap()
}

#[test]
fn what_no_body_is_is_said() {
    assert_eq!(refused(b"[1]"), "expected an object, found a list");
    assert!(refused(b"{\"data\": [}").starts_with("the body is not JSON: expected value"));
    assert!(refused(b"{\"data\": \"\xff\"}").starts_with("the body is not JSON: "));
    assert!(refused(b"{\"data\": {}, \"x\": \"\xff\"}").starts_with("the body is not JSON: "));
    assert!(refused(br#"{"data": [{"\ud800": 1}]}"#).starts_with("it can't be read: "));
}

#[test]
fn each_record_says_what_it_is_instead_of_one() {
    let items = read(r#"{"data": [1.5, [[]], "a", null, true, {"type": "company"}], "x": [{}]}"#);
    let lines: Vec<_> = items.iter().map(|item| item.faults[0].line()).collect();
    let expected = ["a number", "a list", "a string", "null", "a boolean"];
    for (index, (line, shape)) in lines.iter().zip(expected).enumerate() {
        let said = format!("/data/{index}: expected a record as an object, found {shape}");
        assert_eq!(*line, said);
    }
    assert_eq!(lines[5], "/data/5/attributes: `attributes` is required");
}

#[test]
fn the_last_of_two_members_of_one_name_counts() {
    let good = r#"{"type": "deal", "type": "company", "attributes": 1, "attributes": {}}"#;
    assert_eq!(read(&format!(r#"{{"data": 5, "data": [{good}]}}"#))[0].faults, []);
}
