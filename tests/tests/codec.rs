//! Between structs and JSON: what is written is read back the same, what others write is read
//! leniently, and what can't be read is named to its place.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    reason = "a test that does not go as it should ends there"
)]

use std::collections::BTreeMap;

use clarify_core::request::ListQuery;
use clarify_core::request::read::{self, Rows};
use clarify_core::request::{Answer, Calls};
use clarify_core::{
    ClarifyObject, ClarifySelect, Decimal, Error, PersonName, Record, RecordId, RichText,
};
use clarify_tests::objects::{Company, OrderMark, OrderStatus, Person, SalesOrder};
use jiff::Timestamp;
use jiff::civil::Date;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};

/// A struct with every type that a field can have.
#[derive(Clone, Debug, PartialEq, ClarifyObject)]
struct Everything {
    text: String,
    text_or_not: Option<String>,
    float: f64,
    float_or_not: Option<f64>,
    exact: Decimal,
    exact_or_not: Option<Decimal>,
    small: i8,
    large: i64,
    count: u64,
    byte: Option<u8>,
    ticked: bool,
    ticked_or_not: Option<bool>,
    day: Date,
    day_or_not: Option<Date>,
    moment: Timestamp,
    moment_or_not: Option<Timestamp>,
    mark: OrderMark,
    mark_or_not: Option<OrderMark>,
    open: Open,
    open_or_not: Option<Open>,
    marks: Vec<OrderMark>,
    opens: Vec<Open>,
    texts: Vec<String>,
    #[clarify(kind = "domains")]
    domains: Vec<String>,
    link: RecordId<Company>,
    link_or_not: Option<RecordId<Company>>,
    name: PersonName,
    name_or_not: Option<PersonName>,
    words: RichText,
    words_or_not: Option<RichText>,
    anything: Value,
    anything_or_not: Option<Value>,
    #[clarify(extra)]
    rest: BTreeMap<String, Value>,
}

/// A select that keeps the options it does not know.
#[derive(Clone, Debug, PartialEq, Eq, ClarifySelect)]
enum Open {
    First,
    SecondOne,
    #[clarify(other)]
    Other(String),
}

/// The record that the text of an answer holds.
fn decode<T: ClarifyObject>(status: u16, body: &str) -> Result<Record<T>, Error> {
    let call = Calls::<T>::new().get(&RecordId::new("rec_1")).unwrap();
    read::record(&call, &answer(status, body))
}

fn answer(status: u16, body: &str) -> Answer {
    Answer::new(status, body.to_owned())
}

/// The record of these attributes, as a service shows it.
fn shown<T: ClarifyObject>(attributes: &str) -> Result<Record<T>, Error> {
    decode(200, &format!(r#"{{"data":{{"id":"rec_1","attributes":{attributes}}}}}"#))
}

/// The page that these rows make.
fn page<T: ClarifyObject>(rows: &[&str]) -> Rows<T> {
    let body = format!(r#"{{"data":[{}],"meta":{{"total_records":9}}}}"#, rows.join(","));
    let call = Calls::<T>::new().list(&ListQuery::new()).unwrap();
    read::rows(&call, &answer(200, &body)).unwrap()
}

/// What a create sends.
fn sent<T: ClarifyObject>(record: &T) -> String {
    String::from_utf8(Calls::new().create(record).unwrap().body.to_vec()).unwrap()
}

/// The record as it comes back from a service that keeps everything as it is sent.
fn there_and_back<T: ClarifyObject>(record: &T) -> T {
    let with_id = sent(record).replacen(r#"{"data":{"#, r#"{"data":{"id":"rec_1","#, 1);
    decode::<T>(201, &with_id).unwrap().attributes
}

/// The problems of an answer that can't be read: each pointer with its words.
fn problems<T: ClarifyObject + std::fmt::Debug>(attributes: &str) -> Vec<(String, String)> {
    let error = shown::<T>(attributes).unwrap_err();
    assert!(error.is_unreadable(), "{error}");
    error.problems().iter().map(|p| (p.pointer.clone(), p.detail.clone())).collect()
}

fn dates() -> impl Strategy<Value = Date> {
    (0..=9999_i16, 1..=12_i8, 1..=28_i8).prop_map(|(y, m, d)| Date::new(y, m, d).unwrap())
}

fn moments() -> impl Strategy<Value = Timestamp> {
    let seconds = -62_167_219_200..=253_402_207_199_i64;
    (seconds, 0..1_000_000_000_i32).prop_map(|(s, n)| Timestamp::new(s, n).unwrap())
}

fn exact() -> impl Strategy<Value = Decimal> {
    const MOST: i64 = 9_999_999_999_999_999;
    (-MOST..=MOST).prop_map(|count| Decimal::from_ten_thousandths(count).unwrap())
}

/// Numbers of 15 digits, which is what an `f64` is good for.
fn floats() -> impl Strategy<Value = f64> {
    const MOST: i64 = 999_999_999_999_999;
    (-MOST..=MOST)
        .prop_map(|count| Decimal::from_ten_thousandths(count).unwrap().to_string())
        .prop_map(|text| text.parse().unwrap())
}

fn marks() -> impl Strategy<Value = OrderMark> {
    prop_oneof![Just(OrderMark::Rush), Just(OrderMark::Fragile), Just(OrderMark::Gift)]
}

fn opens() -> impl Strategy<Value = Open> {
    let other = ".{1,10}".prop_filter("an option", |t| t != "First" && t != "Second One");
    prop_oneof![Just(Open::First), Just(Open::SecondOne), other.prop_map(Open::Other)]
}

fn links() -> impl Strategy<Value = RecordId<Company>> {
    ".{1,30}".prop_map(RecordId::new)
}

fn names() -> impl Strategy<Value = PersonName> {
    let part = || option::of(any::<String>());
    (part(), part(), part()).prop_map(|(first_name, last_name, full_name)| PersonName {
        first_name,
        last_name,
        full_name,
    })
}

/// Any JSON but `null`, which is no value.
fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let inner = prop_oneof![inner, Just(Value::Null)];
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(any::<String>(), inner, 0..4)
                .prop_map(|members| members.into_iter().collect::<Value>()),
        ]
    })
}

fn words() -> impl Strategy<Value = RichText> {
    vec(values(), 0..3).prop_map(|blocks| RichText { blocks })
}

/// Fields that no struct of the tests has.
fn rest() -> impl Strategy<Value = BTreeMap<String, Value>> {
    btree_map("x_[a-z0-9]{1,8}", values(), 0..4)
}

fn everything() -> impl Strategy<Value = Everything> {
    let numbers = (
        (floats(), option::of(floats()), exact(), option::of(exact())),
        (any::<i8>(), -999_999_999_999..=999_999_999_999_i64, 0..=999_999_999_999_u64),
        option::of(any::<u8>()),
    );
    let times = (dates(), option::of(dates()), moments(), option::of(moments()));
    let selects = (marks(), option::of(marks()), opens(), option::of(opens()));
    let lists =
        (vec(marks(), 0..4), vec(opens(), 0..4), vec(any::<String>(), 0..4), vec(".{1,9}", 0..4));
    let others = (links(), option::of(links()), names(), option::of(names()));
    let json = (words(), option::of(words()), values(), option::of(values()), rest());
    let plain =
        (any::<String>(), option::of(any::<String>()), any::<bool>(), option::of(any::<bool>()));
    (plain, numbers, times, selects, lists, others, json).prop_map(
        |(plain, numbers, times, selects, lists, others, json)| {
            let (text, text_or_not, ticked, ticked_or_not) = plain;
            let ((float, float_or_not, exact, exact_or_not), (small, large, count), byte) = numbers;
            let (day, day_or_not, moment, moment_or_not) = times;
            let (mark, mark_or_not, open, open_or_not) = selects;
            let (marks, opens, texts, domains) = lists;
            let (link, link_or_not, name, name_or_not) = others;
            let (words, words_or_not, anything, anything_or_not, rest) = json;
            Everything {
                text,
                text_or_not,
                float,
                float_or_not,
                exact,
                exact_or_not,
                small,
                large,
                count,
                byte,
                ticked,
                ticked_or_not,
                day,
                day_or_not,
                moment,
                moment_or_not,
                mark,
                mark_or_not,
                open,
                open_or_not,
                marks,
                opens,
                texts,
                domains,
                link,
                link_or_not,
                name,
                name_or_not,
                words,
                words_or_not,
                anything,
                anything_or_not,
                rest,
            }
        },
    )
}

proptest! {
    #[test]
    fn every_record_comes_back_as_it_was_sent(record in everything()) {
        prop_assert_eq!(there_and_back(&record), record);
    }

    #[test]
    fn what_is_sent_is_json_with_each_field_once(record in everything()) {
        let text = sent(&record);
        let document: Value = serde_json::from_str(&text).unwrap();
        let attributes = document["data"]["attributes"].as_object().unwrap();
        let absent = [
            record.text_or_not.is_none(), record.float_or_not.is_none(),
            record.exact_or_not.is_none(), record.byte.is_none(),
            record.ticked_or_not.is_none(), record.day_or_not.is_none(),
            record.moment_or_not.is_none(), record.mark_or_not.is_none(),
            record.open_or_not.is_none(), record.link_or_not.is_none(),
            record.name_or_not.is_none(), record.words_or_not.is_none(),
            record.anything_or_not.is_none(), record.marks.is_empty(), record.opens.is_empty(),
            record.texts.is_empty(), record.domains.is_empty(),
        ];
        let absent = absent.into_iter().filter(|absent| *absent).count();
        let all = Everything::OBJECT.fields.len() + record.rest.len();
        prop_assert_eq!(attributes.len(), all - absent);
    }

    #[test]
    fn any_number_that_the_api_can_hold_arrives_as_it_was_written(number in exact(), zeros in 0..5_usize) {
        let text = number.to_string();
        let point = if text.contains('.') { "" } else { "." };
        let text = if zeros > 0 { format!("{text}{point}{}", "0".repeat(zeros)) } else { text };
        let read = shown::<Amount>(&format!(r#"{{"exact":{text}}}"#)).unwrap();
        prop_assert_eq!(read.attributes.exact, Some(number));
    }

    #[test]
    fn no_answer_makes_the_client_panic(body in ".{0,200}") {
        let _ = decode::<Everything>(200, &body);
    }

    #[test]
    fn no_json_makes_the_client_panic(data in values(), attributes in values()) {
        let _ = decode::<Everything>(200, &json!({ "data": data }).to_string());
        let document = json!({ "data": { "id": data, "attributes": attributes } });
        let _ = decode::<Person>(200, &document.to_string());
        let list = json!({ "data": [attributes, document["data"]], "meta": data });
        let _ = decode::<Person>(200, &list.to_string());
    }

    #[test]
    fn an_answer_cut_short_is_never_half_a_record(record in everything(), share in 0.0..1.0_f64) {
        let whole = sent(&record).replacen(r#"{"data":{"#, r#"{"data":{"id":"rec_1","#, 1);
        let mut end = (whole.len() as f64 * share) as usize;
        while !whole.is_char_boundary(end) {
            end -= 1;
        }
        let error = decode::<Everything>(200, whole.get(..end).unwrap()).unwrap_err();
        prop_assert!(error.is_unreadable(), "{}", error);
    }
}

/// Numbers in the three types they can have.
#[derive(Debug, PartialEq, ClarifyObject)]
struct Amount {
    exact: Option<Decimal>,
    float: Option<f64>,
    whole: Option<i64>,
}

#[test]
fn the_largest_numbers_are_exact_both_ways() {
    for text in ["999999999999.9999", "-999999999999.9999", "0.0001", "999999999999", "0"] {
        let exact: Decimal = text.parse().unwrap();
        let amount = Amount { exact: Some(exact), float: None, whole: None };
        assert!(sent(&amount).contains(&format!(r#""exact":{text}}}"#)), "{}", sent(&amount));
        assert_eq!(there_and_back(&amount), amount);
    }
}

#[test]
fn a_number_counts_by_its_value_not_by_how_it_is_written() {
    for text in ["12", "12.0", "12.0000", "1.2e1", "1.2E+1", "120e-1"] {
        let all = format!(r#"{{"exact":{text},"float":{text},"whole":{text}}}"#);
        let read = shown::<Amount>(&all).unwrap().attributes;
        let expected = Amount { exact: Some(12.into()), float: Some(12.0), whole: Some(12) };
        assert_eq!(read, expected, "{text}");
    }
}

#[test]
fn a_number_that_the_field_can_not_hold_is_named() {
    let found = problems::<Amount>(r#"{"exact":1.00001,"float":"5","whole":1.5}"#);
    let pointers: Vec<_> = found.iter().map(|(pointer, _)| &**pointer).collect();
    let expected = ["exact", "float", "whole"].map(|field| format!("/data/attributes/{field}"));
    assert_eq!(pointers, expected);
    assert!(found[0].1.contains("at most 4 digits"), "{found:?}");
    assert!(found[1].1.contains("expected a number, found `\"5\"`"), "{found:?}");
    assert!(found[2].1.contains("expected a whole number, found `1.5`"), "{found:?}");
}

#[test]
fn what_can_not_be_sent_is_named_before_anything_is_sent() {
    let amount = Amount { exact: None, float: Some(0.123_45), whole: Some(i64::MAX) };
    let error = Calls::new().create(&amount).unwrap_err();
    assert!(error.is_invalid() && !error.may_have_been_received());
    let pointers: Vec<_> = error.problems().iter().map(|p| &*p.pointer).collect();
    assert_eq!(pointers, ["/data/attributes/float", "/data/attributes/whole"]);
    assert!(error.to_string().starts_with("POST /objects/c_amount/records (c_amount): not sent: "));
}

#[test]
fn fields_and_members_that_are_not_known_are_passed_over() {
    let body = r#"{
        "jsonapi":{"version":"1.1"},"included":[{"id":"x"}],"meta":{"new":[1]},"links":null,
        "data":{
            "relationships":{"company":{"data":null}},"links":{},"id":"per_1","type":"person",
            "attributes":{"_id":"per_1","_merged_ids":[],"_new":{"a":[{}]},"score":{"deep":[1,{"x":null}]},"title":"CRO"}
        }
    }"#;
    let record = decode::<Person>(200, body).unwrap();
    assert_eq!(record.id.as_str(), "per_1");
    assert_eq!(record.attributes, Person { title: Some("CRO".into()), ..Person::default() });
}

#[test]
fn no_member_and_null_are_both_no_value() {
    let absent = shown::<Person>("{}").unwrap().attributes;
    let null = r#"{"name":null,"title":null,"email_addresses":null,"phone_numbers":{"items":null},"company_id":null}"#;
    assert_eq!(absent, Person::default());
    assert_eq!(shown::<Person>(null).unwrap().attributes, absent);
}

#[test]
fn a_record_without_attributes_is_one_without_values() {
    for data in [r#"{"id":"per_1"}"#, r#"{"id":"per_1","attributes":null}"#] {
        let record = decode::<Person>(200, &format!(r#"{{"data":{data}}}"#)).unwrap();
        assert_eq!(record.attributes, Person::default());
    }
}

#[test]
fn a_collection_is_read_as_items_or_as_a_plain_array() {
    let expected = ["a@example.com", "b@example.com"];
    for emails in [
        r#"{"items":["a@example.com","b@example.com"]}"#,
        r#"["a@example.com","b@example.com"]"#,
        r#"{"type":"collection","items":["a@example.com","b@example.com"],"count":2}"#,
        r#"{"items":["a@example.com",null,"b@example.com"]}"#,
    ] {
        let read = shown::<Person>(&format!(r#"{{"email_addresses":{emails}}}"#)).unwrap();
        assert_eq!(read.attributes.email_addresses, expected, "{emails}");
    }
}

#[test]
fn an_id_that_is_a_number_is_its_text() {
    let body = r#"{"data":{"attributes":{},"id":12345678901234567890}}"#;
    assert_eq!(decode::<Person>(200, body).unwrap().id.as_str(), "12345678901234567890");
}

#[test]
fn a_link_that_is_a_number_is_its_text_too() {
    let read = shown::<Person>(r#"{"company_id":42}"#).unwrap();
    assert_eq!(read.attributes.company_id, Some(RecordId::new("42")));
}

#[test]
fn a_name_is_read_as_a_text_or_as_an_object() {
    let object = r#"{"first_name":"Ana","last_name":"Lee","full_name":"Ana Lee"}"#;
    for name in [r#""Ana Lee""#, object] {
        let read = shown::<Person>(&format!(r#"{{"name":{name}}}"#)).unwrap();
        assert_eq!(read.attributes.name.as_deref(), Some("Ana Lee"), "{name}");
    }
    let read = |name: &str| {
        let attributes = format!(r#"{{"order_number":"1","buyer":{name}}}"#);
        shown::<SalesOrder>(&attributes).unwrap().attributes.buyer.unwrap()
    };
    assert_eq!(read(r#""Ana Lee""#), PersonName::full("Ana Lee"));
    assert_eq!(read(object).first_name.as_deref(), Some("Ana"));
    assert_eq!(read(r#"{"full_name":null,"initials":"A"}"#), PersonName::default());
    assert_eq!(read(r#"{"full_name":"A","full_name":"Ana Lee"}"#), PersonName::full("Ana Lee"));
}

#[test]
fn a_name_object_without_a_full_name_is_no_unreadable_record() {
    let name = r#"{"name":{"first_name":"Ana","last_name":null,"full_name":null}}"#;
    let record = shown::<Person>(name).unwrap();
    assert_eq!(record.attributes.title, None);
}

#[test]
fn times_are_read_with_and_without_parts_of_a_second() {
    let body = |time: &str| {
        format!(
            r#"{{"data":{{"id":"x","attributes":{{"_created_at":"{time}","_updated_at":null}}}}}}"#
        )
    };
    for time in ["2024-03-01T12:00:00Z", "2024-03-01T12:00:00.000Z", "2024-03-01T13:00:00+01:00"] {
        let record = decode::<Person>(200, &body(time)).unwrap();
        assert_eq!(record.created_at, Some("2024-03-01T12:00:00Z".parse().unwrap()), "{time}");
        assert_eq!(record.updated_at, None);
    }
    let record = decode::<Person>(200, &body("last year")).unwrap();
    assert_eq!(record.created_at, None, "a time in an unknown form costs the time, not the record");
}

#[test]
fn any_status_of_success_will_do() {
    let body = r#"{"data":{"id":"per_1","attributes":{}}}"#;
    for status in [200, 201, 202] {
        decode::<Person>(status, body).unwrap();
    }
    let call = Calls::<Person>::new().delete(&RecordId::new("per_1")).unwrap();
    for (status, body) in [(200, "{}"), (200, ""), (204, ""), (202, r#"{"data":null}"#)] {
        read::nothing(&call, &answer(status, body)).unwrap();
    }
}

#[test]
fn success_without_the_record_is_unreadable() {
    let cases = [(204, ""), (200, ""), (200, "{}"), (200, r#"{"data":null}"#), (200, "[]")];
    let more = [(200, r#"{"data":[]}"#), (200, r#"{"data":{"attributes":{}}}"#), (200, "7")];
    for (status, body) in cases.into_iter().chain(more) {
        let error = decode::<Person>(status, body).unwrap_err();
        assert!(error.is_unreadable() && error.may_have_been_received(), "{body}: {error}");
    }
}

#[test]
fn rows_that_do_not_fit_are_kept_apart_and_the_others_arrive() {
    let good = |id| format!(r#"{{"id":"{id}","attributes":{{"order_number":"{id}"}}}}"#);
    let bad = r#"{"id":"rec_2","attributes":{"order_number":"2","marks":{"items":["Rush","Gift","Shiny"]}}}"#;
    let nameless = r#"{"attributes":{"order_number":"4"}}"#;
    let rows = page::<SalesOrder>(&[&good("rec_1"), bad, &good("rec_3"), nameless]);
    let ids: Vec<_> = rows.records.iter().map(|record| record.id.as_str()).collect();
    assert_eq!(ids, ["rec_1", "rec_3"]);
    assert_eq!(rows.total, Some(9));
    let [second, fourth] = &*rows.unreadable else { panic!("{:?}", rows.unreadable) };
    assert_eq!(second.id.as_deref(), Some("rec_2"));
    assert_eq!(second.problems[0].pointer, "/data/1/attributes/marks/items/2");
    assert_eq!(
        second.problems[0].detail,
        "expected one of `Rush`, `Fragile`, `Gift`, found `\"Shiny\"`"
    );
    assert_eq!(fourth.id, None);
    assert_eq!(fourth.problems[0].pointer, "/data/3/id");
}

#[test]
fn a_row_that_is_no_record_is_kept_apart_too() {
    let good = r#"{"id":"rec_1","attributes":{"order_number":"1"}}"#;
    for bad in ["null", "5", r#""rec_2""#, "[]", r#"{"id":"rec_2","attributes":[]}"#] {
        let rows = page::<SalesOrder>(&[good, bad, good]);
        assert_eq!((rows.records.len(), rows.unreadable.len()), (2, 1), "{bad}");
    }
}

#[test]
fn every_problem_of_a_record_is_reported() {
    let attributes = r#"{
        "total":"much","paid":"yes","status":7,"marks":{"items":["Rush",5,"rush"]},
        "contacts":"a@example.com","ordered_on":"2024-02-30","shipped_at":"noon",
        "company_id":"","buyer":[1]
    }"#;
    let found = problems::<SalesOrder>(attributes);
    let fields: Vec<_> =
        found.iter().map(|(pointer, _)| pointer.replace("/data/attributes/", "")).collect();
    let expected = [
        "total",
        "paid",
        "status",
        "marks/items/1",
        "marks/items/2",
        "contacts",
        "ordered_on",
        "shipped_at",
        "company_id",
        "buyer",
        "order_number",
    ];
    assert_eq!(fields, expected, "{found:?}");
    assert_eq!(found[10].1, "`order_number` has no value");
}

#[test]
fn a_problem_shows_a_bounded_piece_of_what_was_found() {
    let long = "x".repeat(10_000);
    let found = problems::<Amount>(&format!(r#"{{"exact":"{long}"}}"#));
    assert!(found[0].1.len() < 200, "{}", found[0].1.len());
    assert!(found[0].1.contains('…'), "{}", found[0].1);
    let lines = problems::<Amount>("{\"exact\":[\n1\r\n]}");
    assert!(!lines[0].1.contains(char::is_control), "{}", lines[0].1);
}

#[test]
fn escaped_names_are_the_same_names() {
    let read = shown::<Person>(r#"{"\u0074itle":"CRO","name":"\ud83d\ude00"}"#).unwrap();
    assert_eq!(read.attributes.title.as_deref(), Some("CRO"));
    assert_eq!(read.attributes.name.as_deref(), Some("😀"));
}

#[test]
fn a_record_is_the_same_in_whatever_order_and_spacing_its_fields_come() {
    let expected = Person {
        name: Some("Ana".into()),
        title: Some("CRO".into()),
        email_addresses: vec!["a@example.com".into()],
        ..Person::default()
    };
    for attributes in [
        r#"{"name":"Ana","title":"CRO","email_addresses":{"items":["a@example.com"]}}"#,
        r#"{"email_addresses":{"items":["a@example.com"]},"title":"CRO","name":"Ana"}"#,
        r#"{"name" : "Ana" , "title" :"CRO", "email_addresses": { "items" : [ "a@example.com" ] } }"#,
        r#"{"name":"Ana","_id":"1","title":"CRO","titles":"x","titl":"x","email_addresses":{"items":["a@example.com"],"item":1}}"#,
        r#"{"name":"Bob","title":"CRO","name":"Ana","email_addresses":{"items":["a@example.com"]}}"#,
        r#"{"n\u0061me":"Ana","title":"CRO","email_addresses":{"\u0069tems":["a@example.com"]}}"#,
    ] {
        assert_eq!(shown::<Person>(attributes).unwrap().attributes, expected, "{attributes}");
    }
}

#[test]
fn unknown_options_are_kept_where_the_enum_keeps_them_and_sent_back() {
    let read = shown::<SalesOrder>(r#"{"order_number":"1","status":"On hold"}"#).unwrap();
    let order = read.attributes;
    assert_eq!(order.status, Some(OrderStatus::Other("On hold".into())));
    assert!(sent(&order).contains(r#""status":"On hold""#));
}

#[test]
fn fields_that_the_struct_does_not_name_are_sent_back() {
    #[derive(Debug, PartialEq, ClarifyObject)]
    #[clarify(object = "company")]
    struct Partial {
        name: Option<String>,
        #[clarify(read_only)]
        rank: Option<i32>,
        #[clarify(extra)]
        rest: serde_json::Map<String, Value>,
        #[clarify(skip)]
        seen: u8,
    }
    let attributes = r#"{"name":"CERN","rank":1,"_id":"com_1","founded":1954,"motto":null}"#;
    let read = shown::<Partial>(attributes).unwrap().attributes;
    assert_eq!(read.rank, Some(1));
    assert_eq!(read.seen, 0);
    let body: Value = serde_json::from_str(&sent(&read)).unwrap();
    assert_eq!(body["data"]["attributes"], json!({ "name": "CERN", "founded": 1954 }));
}

/// A record with the dates and times of other crates.
#[derive(Debug, PartialEq, ClarifyObject)]
struct Visit {
    day: Option<chrono::NaiveDate>,
    begins: Option<chrono::DateTime<chrono::Utc>>,
    last_day: Option<time::Date>,
    ends: Option<time::OffsetDateTime>,
}

#[test]
fn dates_and_times_of_other_crates_survive_both_ways() {
    let attributes = r#"{"day":"2026-03-01","begins":"2026-03-01T12:30:00Z","last_day":"2026-03-02","ends":"2026-03-02T09:00:00.25Z"}"#;
    let body = format!(r#"{{"data":{{"id":"rec_1","attributes":{attributes}}}}}"#);
    let visit = decode::<Visit>(200, &body).unwrap().attributes;
    assert_eq!(visit.day, chrono::NaiveDate::from_ymd_opt(2026, 3, 1));
    assert_eq!(visit.ends.map(|ends| (ends.hour(), ends.nanosecond())), Some((9, 250_000_000)));
    assert_eq!(
        sent(&visit),
        format!(r#"{{"data":{{"type":"c_visit","attributes":{attributes}}}}}"#)
    );

    let elsewhere =
        body.replace("12:30:00Z", "14:30:00+02:00").replace("09:00:00.25Z", "10:00:00.25+01:00");
    assert_eq!(decode::<Visit>(200, &elsewhere).unwrap().attributes, visit);
    for (from, to) in [("2026-03-01\"", "2026-02-30\""), ("2026-03-02\"", "1 March\"")] {
        let error = decode::<Visit>(200, &body.replace(from, to)).unwrap_err();
        assert!(error.to_string().contains("expected a date as `YYYY-MM-DD`"), "{error}");
    }
    let filter = format!("{:?}", Visit::ENDS.before(visit.ends.unwrap()));
    assert!(filter.contains("2026-03-02T09:00:00.25Z"), "{filter}");
}

#[test]
fn one_record_is_one_record() {
    let rows = |rows: &str| decode::<Visit>(200, &format!(r#"{{"data":[{rows}]}}"#));
    let good = r#"{"id":"rec_1","attributes":{}}"#;
    assert!(rows(good).is_ok());
    for bad in ["", &format!("{good},{good}"), &format!(r#"{{"attributes":{{}}}},{good}"#)] {
        let error = rows(bad).unwrap_err();
        assert_eq!(error.problems()[0].pointer, "/data", "{bad}: {error}");
    }
    let nameless = rows(r#"{"attributes":{}}"#).unwrap_err();
    assert_eq!(nameless.problems()[0].pointer, "/data/0/id");
    let twice = decode::<Visit>(200, r#"{"data":{"attributes":5,"id":"a","attributes":{}}}"#);
    assert_eq!(twice.unwrap().id.as_str(), "a");
}
