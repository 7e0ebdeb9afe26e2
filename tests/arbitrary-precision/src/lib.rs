//! A program in which serde_json keeps numbers as their text: what `clarify-core` reads and writes
//! has to be the same in it.

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use clarify_core::request::{Answer, Calls, ListQuery, read};
    use clarify_core::{ClarifyObject, ClarifySelect, Decimal, PersonName, RecordId, RichText};
    use serde_json::{Value, json};

    #[derive(Clone, Debug, PartialEq, ClarifyObject)]
    struct Order {
        number: String,
        exact: Decimal,
        float: f64,
        whole: i64,
        discount: Option<f64>,
        paid: bool,
        status: Status,
        marks: Vec<Status>,
        #[clarify(kind = "email_addresses")]
        contacts: Vec<String>,
        company_id: Option<RecordId<Company>>,
        buyer: Option<PersonName>,
        words: Option<RichText>,
        place: Option<Value>,
        #[clarify(extra)]
        rest: BTreeMap<String, Value>,
    }

    #[derive(Clone, Debug, PartialEq, ClarifyObject)]
    #[clarify(object = "company")]
    struct Company {
        domains: Vec<String>,
    }

    #[derive(Clone, Debug, PartialEq, ClarifySelect)]
    enum Status {
        Draft,
        Sent,
        #[clarify(other)]
        Other(String),
    }

    fn order() -> Order {
        Order {
            number: "1".into(),
            exact: "999999999999.9999".parse().unwrap(),
            float: 1234.5,
            whole: -7,
            discount: Some(0.25),
            paid: true,
            status: Status::Other("On hold".into()),
            marks: vec![Status::Draft, Status::Sent],
            contacts: vec!["ana@example.com".into()],
            company_id: Some(RecordId::new("com_1")),
            buyer: Some(PersonName::full("Ana Lee")),
            words: Some(RichText { blocks: vec![json!({ "level": 2, "share": 0.5 })] }),
            place: Some(json!({ "lat": 46.2044, "lon": 6.1432, "floors": [1, 2] })),
            rest: BTreeMap::from([("x_rank".into(), json!(1.5)), ("x_deep".into(), json!([1]))]),
        }
    }

    fn decode(body: &str) -> Result<clarify_core::Record<Order>, clarify_core::Error> {
        let call = Calls::<Order>::new().get(&RecordId::new("rec_1")).unwrap();
        read::record(
            &call,
            &Answer::new(200, body.to_owned()),
        )
    }

    #[test]
    fn the_feature_is_on() {
        let number: Value = serde_json::from_str("1.000000000000000000000000001").unwrap();
        assert_eq!(number.to_string(), "1.000000000000000000000000001");
    }

    #[test]
    fn a_record_comes_back_as_it_was_sent() {
        let body = Calls::new().create(&order()).unwrap().body;
        let text = std::str::from_utf8(&body).unwrap();
        assert!(text.contains(r#""exact":999999999999.9999,"float":1234.5,"whole":-7"#), "{text}");
        let answer = text.replacen(r#"{"data":{"#, r#"{"data":{"id":"rec_1","#, 1);
        assert_eq!(decode(&answer).unwrap().attributes, order());
    }

    #[test]
    fn numbers_in_every_form_are_read() {
        for number in ["12", "12.0", "1.2e1", "1.2E+1"] {
            let attributes = format!(
                r#"{{"number":"1","exact":{number},"float":{number},"whole":{number},"paid":false,"status":"Draft"}}"#
            );
            let body = format!(r#"{{"data":{{"id":7,"attributes":{attributes}}}}}"#);
            let record = decode(&body).unwrap();
            assert_eq!(record.id.as_str(), "7");
            let order = record.attributes;
            assert_eq!((order.exact, order.float, order.whole), (12.into(), 12.0, 12));
        }
    }

    #[test]
    fn the_meta_of_a_list_is_read() {
        let body =
            r#"{"data":[],"meta":{"total_records":284,"total_pages":12,"offset":0,"limit":25}}"#;
        let call = Calls::<Company>::new().list(&ListQuery::new()).unwrap();
        let answer = Answer::new(200, body);
        let rows = read::rows::<Company>(&call, &answer).unwrap();
        assert_eq!((rows.total, rows.offset, rows.limit), (Some(284), Some(0), Some(25)));
    }

    #[test]
    fn what_does_not_fit_is_still_told_apart() {
        let attributes = r#"{"number":5,"exact":"5","float":true,"whole":1.5,"paid":1,"status":2,"marks":{"items":["Draft",3]},"contacts":4}"#;
        let error =
            decode(&format!(r#"{{"data":{{"id":"1","attributes":{attributes}}}}}"#)).unwrap_err();
        let fields: Vec<_> =
            error.problems().iter().map(|p| p.pointer.replace("/data/attributes/", "")).collect();
        let expected =
            ["number", "exact", "float", "whole", "paid", "status", "marks/items/1", "contacts"];
        assert_eq!(fields, expected, "{error}");
        assert!(error.problems()[5].detail.contains("found `2`"), "{:?}", error.problems()[5]);
    }
}
