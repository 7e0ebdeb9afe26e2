//! Filters, one by one and against a plain model of what they mean.

use clarify_schema::{Field, Kind, Object};
use clarify_server::{Seed, Server};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::client::Service;

fn everything() -> Object {
    Object::named(
        "c_thing",
        vec![
            Field::new("text", Kind::Text),
            Field::new("number", Kind::Number),
            Field::new("date", Kind::Date),
            Field::new("moment", Kind::DateTime),
            Field::new("flag", Kind::Checkbox),
            Field::new("pick", Kind::Select),
            Field::new("picks", Kind::MultiSelect),
            Field::new("mails", Kind::EmailAddresses).unique(),
            Field::new("tags", Kind::Texts),
            Field::new("link", Kind::ToOne).target("company"),
            Field::new("other", Kind::Other),
        ],
    )
}

fn things(records: &[Value]) -> Service {
    let service = Service::of(Server::builder().register(&everything()));
    let seed = |(n, a): (usize, &Value)| Seed::new(n.to_string(), a.to_string());
    service.server.seed("c_thing", records.iter().enumerate().map(seed)).unwrap();
    service
}

#[test]
fn each_operator_finds_what_it_says() {
    let service = things(&[
        json!({ "text": "VP of Sales", "number": 5, "date": "2024-03-01", "flag": true }),
        json!({ "text": "vp", "number": 50.5, "moment": "2024-03-01T00:00:00Z", "flag": false }),
        json!({ "text": "Straße", "pick": "A", "picks": { "items": ["x", "Y"] } }),
        json!({ "text": "", "pick": "b", "mails": { "items": ["Ana@X.com"] }, "link": "com_1" }),
        json!({ "tags": { "items": ["Grün", "b"] }, "moment": "2024-03-01T01:00:00+01:00" }),
    ]);
    for (name, value, expected) in [
        ("text", "vp", "1"),
        ("text", "VP*", "01"),
        ("text", "*P", "1"),
        ("text", "*STRASSE*", "2"),
        ("text", "=VP*", ""),
        ("text", "!=vp", "0234"),
        ("text", "null", "34"),
        ("text", "!null", "012"),
        ("text][Is", "null", ""),
        ("text][Is", "", "3"),
        ("text][Does not contain", "VP", "234"),
        ("number", "5.0", "0"),
        ("number", ">5", "1"),
        ("number", ">=5", "01"),
        ("number", "<50.5", "0"),
        ("number", "<=5.05e1", "01"),
        ("number", "!=5", "1234"),
        ("number][Is empty", "", "234"),
        ("date", "2024-03-01", "0"),
        ("date", ">2024-02-28", "0"),
        ("date][Is not", "2024-03-01", "1234"),
        ("moment", "2024-03-01", "14"),
        ("moment", "<=2024-03-01T00:00:00Z", "14"),
        ("moment", ">2024-02-29T23:59:59.999Z", "14"),
        ("moment][Is before", "2024-03-01", ""),
        ("flag", "true", "0"),
        ("flag", "!=true", "1234"),
        ("flag][Is set", "", "0"),
        ("flag][Is not set", "", "1234"),
        ("pick", "A,b", "23"),
        ("pick][Not one of", "A,c", "0134"),
        ("pick", "a", ""),
        ("picks][Contains", "x", "2"),
        ("picks][Contains", "y", "2"),
        ("picks][Does not contain", "x", "0134"),
        ("mails][Contains", "ana@x.COM", "3"),
        ("mails][Does not contain", "ana@x.com", "0124"),
        ("mails][Is not empty", "", "3"),
        ("tags][Contains", "GRÜN", "4"),
        ("tags][Contains", "gr", ""),
        ("link", "com_1", "3"),
        ("link", "null", "0124"),
        ("_created_at", ">2020-01-01", "01234"),
        ("_updated_at][Is before", "2020-01-01", ""),
    ] {
        let found = service.ids("c_thing", &[(&format!("filter[{name}]"), value)]).concat();
        assert_eq!(found, expected, "filter[{name}]={value}");
    }
    let range = [("filter[number]", ">=5"), ("filter[number]", "<50")];
    assert_eq!(service.ids("c_thing", &range).concat(), "0");
}

#[test]
fn what_a_filter_can_not_ask_is_said() {
    let service = things(&[]);
    for (name, value, expected) in [
        ("nothing", "1", "no field `nothing`"),
        ("nmber", "1", "did you mean `number`?"),
        ("person.company_id.name", "1", "no link `person`"),
        ("text][is", "1", "no operator `is`"),
        ("text][Greater than", "1", "it allows `Is`, `Is not`, `Contains`"),
        ("number][Greater than", "abc", "expected a number, found `abc`"),
        ("number", "abc", "expected a number"),
        ("date", ">2024-3-1", "expected a date"),
        ("date", "2024-03-01T00:00:00Z", "expected a date"),
        ("moment", "yesterday", "expected a date-time"),
        ("flag", "yes", "expected `true` or `false`"),
        ("mails", "a@x.com", "it allows `Contains`"),
        ("other", "1", "it allows `Is empty`"),
        ("_created_at", "x", "expected a date-time"),
    ] {
        let parameter = format!("filter[{name}]");
        let detail = service.list("c_thing", &[(&parameter, value)]).detail(400);
        assert!(detail.contains(expected) && detail.contains(&parameter), "{detail}");
    }
    let both = [("filter[x]", "1"), ("filter[y]", "1"), ("sortOrder[column]", "z")];
    assert_eq!(service.list("c_thing", &both).errors(400).len(), 3);
}

#[test]
fn times_compare_as_they_are_shown() {
    let service = Service::new();
    let seed = |id: &str, time: &str| Seed::new(id, "{}").created_at(time.parse().unwrap());
    let seeds = [
        seed("a", "2024-03-01T12:00:00.900Z"),
        seed("b", "2024-03-01T12:00:00.100Z"),
        seed("c", "1969-12-31T23:59:59.500Z"),
    ];
    service.server.seed("deal", seeds).unwrap();
    assert_eq!(service.ids("deal", &[("filter[_created_at]", "2024-03-01T12:00:00Z")]), ["a", "b"]);
    assert_eq!(service.ids("deal", &[("filter[_created_at]", "1969-12-31T23:59:59Z")]), ["c"]);
    assert_eq!(service.ids("deal", &[("sortOrder[column]", "_created_at")]), ["c", "a", "b"]);
}

fn record() -> impl Strategy<Value = Value> {
    let text =
        prop::option::of(prop::sample::select(vec!["", "a", "A", "ab", "Äb", "b\"\\é", "äB"]));
    let number = prop::option::of(prop::sample::select(vec![
        json!(-1.5),
        json!(0),
        json!(2),
        json!(10),
        json!(10.0001),
    ]));
    let date =
        prop::option::of(prop::sample::select(vec!["2024-01-31", "2024-02-01", "1999-12-31"]));
    let flag = prop::option::of(any::<bool>());
    let tags = prop::collection::vec(prop::sample::select(vec!["a", "Ä", "ab"]), 0..3);
    (text, number, date, flag, tags).prop_map(|(text, number, date, flag, tags)| {
        json!({ "text": text, "number": number, "date": date, "flag": flag, "tags": { "items": tags } })
    })
}

fn filter() -> impl Strategy<Value = (&'static str, &'static str, &'static str)> {
    let of = |field, operators: Vec<&'static str>, values: Vec<&'static str>| {
        (prop::sample::select(operators), prop::sample::select(values))
            .prop_map(move |(operator, value)| (field, operator, value))
    };
    let texts = vec![
        "Is",
        "Is not",
        "Contains",
        "Does not contain",
        "Starts with",
        "Ends with",
        "Is empty",
        "Is not empty",
    ];
    let numbers = vec![
        "Is",
        "Is not",
        "Greater than",
        "Greater than or equal",
        "Less than",
        "Less than or equal",
        "Is empty",
        "Is not empty",
    ];
    let dates = vec![
        "Is",
        "Is not",
        "Is before",
        "Is on or before",
        "Is after",
        "Is on or after",
        "Is empty",
        "Is not empty",
    ];
    prop_oneof![
        of("text", texts, vec!["a", "AB", "äb", "B\"\\É", "b"]),
        of("number", numbers, vec!["-1.5", "0", "2.0", "10", "10.0001"]),
        of("date", dates, vec!["2024-01-31", "2024-02-01"]),
        of("flag", vec!["Is", "Is not", "Is set", "Is not set"], vec!["true", "false"]),
        of(
            "tags",
            vec!["Contains", "Does not contain", "Is empty", "Is not empty"],
            vec!["A", "ä", "b"]
        ),
    ]
}

/// The values of a field as texts that can be compared; none when it is empty.
fn values(record: &Value, field: &str) -> Vec<String> {
    match &record[field] {
        Value::String(text) if !text.is_empty() => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Bool(flag) => vec![flag.to_string()],
        Value::Object(tags) => tags["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|t| t.as_str().unwrap().to_owned())
            .collect(),
        _ => vec![],
    }
}

fn compare(field: &str, a: &str, b: &str) -> std::cmp::Ordering {
    if field == "number" {
        return a.parse::<f64>().unwrap().total_cmp(&b.parse::<f64>().unwrap());
    }
    a.cmp(b)
}

fn meets(record: &Value, (field, operator, wanted): (&str, &str, &str)) -> bool {
    let values = values(record, field);
    let any = |test: &dyn Fn(&str) -> bool| values.iter().any(|value| test(value));
    let order = |value: &str| compare(field, value, wanted);
    let folded = wanted.to_lowercase();
    let contains = |value: &str| {
        let value = value.to_lowercase();
        if field == "tags" { value == folded } else { value.contains(&folded) }
    };
    match operator {
        "Is" => any(&|value| order(value).is_eq()),
        "Is not" => !any(&|value| order(value).is_eq()),
        "Contains" => any(&contains),
        "Does not contain" => !any(&contains),
        "Starts with" => any(&|value| value.to_lowercase().starts_with(&folded)),
        "Ends with" => any(&|value| value.to_lowercase().ends_with(&folded)),
        "Greater than" | "Is after" => any(&|value| order(value).is_gt()),
        "Greater than or equal" | "Is on or after" => any(&|value| order(value).is_ge()),
        "Less than" | "Is before" => any(&|value| order(value).is_lt()),
        "Less than or equal" | "Is on or before" => any(&|value| order(value).is_le()),
        "Is set" => any(&|value| value == "true"),
        "Is not set" => !any(&|value| value == "true"),
        "Is empty" => values.is_empty(),
        "Is not empty" => !values.is_empty(),
        other => panic!("{other}"),
    }
}

/// The numbers of the records that a list shows, in its order.
fn expected(
    records: &[Value],
    filters: &[(&str, &str, &str)],
    sort: Option<(&str, bool)>,
) -> Vec<String> {
    let mut found: Vec<_> = records
        .iter()
        .enumerate()
        .filter(|(_, record)| filters.iter().all(|filter| meets(record, *filter)))
        .collect();
    if let Some((field, descending)) = sort {
        found.sort_by(|(_, a), (_, b)| {
            match (values(a, field).first(), values(b, field).first()) {
                (Some(a), Some(b)) if descending => compare(field, b, a),
                (Some(a), Some(b)) => compare(field, a, b),
                (a, b) => a.is_none().cmp(&b.is_none()),
            }
        });
    }
    found.into_iter().map(|(number, _)| number.to_string()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn lists_show_what_the_model_shows(
        records in prop::collection::vec(record(), 0..40),
        queries in prop::collection::vec(
            (
                prop::collection::vec(filter(), 0..3),
                prop::option::of((prop::sample::select(vec!["text", "number", "date", "flag", "tags"]), any::<bool>())),
                1..20_usize,
                0..30_usize,
            ),
            8,
        ),
    ) {
        let service = things(&records);
        for (filters, sort, limit, offset) in queries {
            let mut parameters: Vec<(String, String)> = filters
                .iter()
                .map(|(field, operator, value)| (format!("filter[{field}][{operator}]"), (*value).to_owned()))
                .collect();
            if let Some((field, descending)) = sort {
                parameters.push(("sortOrder[column]".into(), field.into()));
                parameters.push(("sortOrder[dir]".into(), if descending { "DESC" } else { "ASC" }.into()));
            }
            parameters.push(("page[limit]".into(), limit.to_string()));
            parameters.push(("page[offset]".into(), offset.to_string()));
            let parameters: Vec<_> = parameters.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            let document = service.list("c_thing", &parameters).expect(200);
            let all = expected(&records, &filters, sort);
            let page: Vec<_> = all.iter().skip(offset).take(limit).cloned().collect();
            prop_assert_eq!(crate::client::ids(&document), page, "{:?}", parameters);
            prop_assert_eq!(&document["meta"]["total_records"], &json!(all.len()));
        }
    }
}
