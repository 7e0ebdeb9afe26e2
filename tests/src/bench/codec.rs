//! A page that is decoded and a batch that is encoded: by us, and as a program with serde would that
//! was written by hand for this one object.

use clarify_core::request::{Answer, Call, Calls, ListQuery, read};
use clarify_core::{Batch, ClarifyObject, ClarifySelect, RecordId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An order, with ten fields.
#[derive(Clone, Debug, PartialEq, ClarifyObject)]
pub struct Order {
    #[clarify(unique)]
    number: String,
    note: Option<String>,
    total: Option<f64>,
    pieces: Option<i64>,
    paid: Option<bool>,
    ordered_on: Option<Date>,
    status: Option<Status>,
    tags: Vec<String>,
    contacts: Vec<String>,
    parent_id: Option<RecordId<Order>>,
}

#[derive(Clone, Debug, PartialEq, ClarifySelect, Serialize, Deserialize)]
enum Status {
    Draft,
    Submitted,
}

impl Order {
    /// The order of this number, in which each optional field is empty now and then.
    #[must_use]
    pub fn numbered(n: usize) -> Self {
        let given = |every: usize| !n.is_multiple_of(every);
        Self {
            number: format!("SO-{n:06}"),
            note: given(3).then(|| format!("Ring twice, then ask for number {n} at the \"gate\"")),
            total: given(7).then_some(n as f64 + 0.25),
            pieces: given(5).then_some(n as i64),
            paid: given(4).then_some(n % 2 == 1),
            ordered_on: given(6).then(|| Date::constant(2024, 2, 29)),
            status: given(8).then_some(if n % 2 == 1 { Status::Draft } else { Status::Submitted }),
            tags: (0..n % 4).map(|tag| format!("tag {tag}")).collect(),
            contacts: vec![format!("orders{n}@example.com")],
            parent_id: given(2).then(|| RecordId::new(format!("rec_{n:026}"))),
        }
    }
}

/// The answer to a list: as many orders as the page has.
#[must_use]
pub fn page(length: usize) -> Answer {
    let rows: Vec<_> = (0..length).map(row).collect();
    let meta = format!(r#"{{"total_records":{length},"offset":0,"limit":{length}}}"#);
    Answer::new(200, format!(r#"{{"data":[{}],"meta":{meta},"links":{{}}}}"#, rows.join(",")))
}

/// The answer that shows one record.
#[must_use]
pub fn one(n: usize) -> String {
    format!(r#"{{"data":{}}}"#, row(n))
}

/// The answer that shows the records of a batch.
#[must_use]
pub fn several(length: usize) -> String {
    let rows: Vec<_> = (0..length).map(row).collect();
    format!(r#"{{"data":[{}]}}"#, rows.join(","))
}

/// A record as a service shows it: with its own times.
fn row(n: usize) -> String {
    let attributes = serde_json::to_string(&by_hand::Order::of(&Order::numbered(n))).unwrap();
    let times = r#""_created_at":"2024-03-01T12:00:00Z","_updated_at":"2024-03-02T12:00:00Z""#;
    let attributes = attributes.strip_suffix('}').unwrap();
    format!(r#"{{"id":"rec_{n}","type":"c_order","attributes":{attributes},{times}}}}}"#)
}

/// The records of a page: their ids, times and attributes.
pub type Read = Vec<(String, [Option<Timestamp>; 2], Order)>;

/// The page's call.
#[must_use]
pub fn list() -> Call {
    Calls::<Order>::new().list(&ListQuery::default()).unwrap()
}

/// Decodes a page as the client does.
#[must_use]
pub fn decode(call: &Call, answer: &Answer) -> read::Rows<Order> {
    read::rows(call, answer).unwrap()
}

/// What a decoded page holds.
#[must_use]
pub fn read(rows: read::Rows<Order>) -> Read {
    assert!(rows.unreadable.is_empty());
    let records = rows.records.into_iter();
    records
        .map(|record| {
            let times = [record.created_at, record.updated_at];
            (record.id.to_string(), times, record.attributes)
        })
        .collect()
}

/// Encodes a batch as the client does.
#[must_use]
pub fn encode(batch: &Batch<Order>) -> bytes::Bytes {
    Calls::new().bulk_upsert(batch).unwrap().body
}

/// The same with serde's derives, an envelope of types, and `serde_json`.
pub mod by_hand {
    use super::{Answer, Date, Deserialize, Read, RecordId, Serialize, Status, Timestamp};

    /// A page of orders.
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "what a program would read of a page")]
    pub struct Page {
        data: Vec<Resource>,
        meta: Meta,
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "what a program would read of a page")]
    struct Meta {
        total_records: Option<u64>,
        offset: Option<u64>,
        limit: Option<u64>,
    }

    /// An answer that shows one record.
    #[derive(Deserialize)]
    pub struct One {
        /// The record.
        pub data: Resource,
    }

    /// An answer that shows the records of a batch.
    #[derive(Deserialize)]
    pub struct Several {
        /// The records.
        pub data: Vec<Resource>,
    }

    /// A record.
    #[derive(Deserialize)]
    pub struct Resource {
        id: String,
        attributes: Attributes,
    }

    #[derive(Deserialize)]
    struct Attributes {
        number: String,
        note: Option<String>,
        total: Option<f64>,
        pieces: Option<i64>,
        paid: Option<bool>,
        ordered_on: Option<Date>,
        status: Option<Status>,
        #[serde(default)]
        tags: Items,
        #[serde(default)]
        contacts: Items,
        parent_id: Option<String>,
        _created_at: Option<Timestamp>,
        _updated_at: Option<Timestamp>,
    }

    #[derive(Clone, Default, Serialize, Deserialize)]
    struct Items {
        items: Vec<String>,
    }

    impl Items {
        fn is_empty(&self) -> bool {
            self.items.is_empty()
        }
    }

    /// An order as it is sent.
    #[derive(Clone, Serialize)]
    pub struct Order {
        number: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        total: Option<f64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pieces: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        paid: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        ordered_on: Option<Date>,
        #[serde(skip_serializing_if = "Option::is_none")]
        status: Option<Status>,
        #[serde(skip_serializing_if = "Items::is_empty")]
        tags: Items,
        #[serde(skip_serializing_if = "Items::is_empty")]
        contacts: Items,
        #[serde(skip_serializing_if = "Option::is_none")]
        parent_id: Option<String>,
    }

    impl Order {
        /// The same order.
        #[must_use]
        pub fn of(order: &super::Order) -> Self {
            let order = order.clone();
            Self {
                number: order.number,
                note: order.note,
                total: order.total,
                pieces: order.pieces,
                paid: order.paid,
                ordered_on: order.ordered_on,
                status: order.status,
                tags: Items { items: order.tags },
                contacts: Items { items: order.contacts },
                parent_id: order.parent_id.map(|id| id.to_string()),
            }
        }
    }

    /// Decodes a page.
    #[must_use]
    pub fn decode(answer: &Answer) -> Page {
        serde_json::from_str(std::str::from_utf8(&answer.body).unwrap()).unwrap()
    }

    /// What a decoded page holds.
    #[must_use]
    pub fn read(page: Page) -> Read {
        page.data.into_iter().map(record).collect()
    }

    /// A record as its id, times and attributes.
    #[must_use]
    pub fn record(resource: Resource) -> (String, [Option<Timestamp>; 2], super::Order) {
        let its = resource.attributes;
        let order = super::Order {
            number: its.number,
            note: its.note,
            total: its.total,
            pieces: its.pieces,
            paid: its.paid,
            ordered_on: its.ordered_on,
            status: its.status,
            tags: its.tags.items,
            contacts: its.contacts.items,
            parent_id: its.parent_id.map(RecordId::new),
        };
        (resource.id, [its._created_at, its._updated_at], order)
    }

    /// Encodes a record that is upserted.
    #[must_use]
    pub fn encode_one(attributes: &Order) -> Vec<u8> {
        let data = Sent { r#type: "c_order", attributes };
        serde_json::to_vec(&Body { data, match_on: "number" }).unwrap()
    }

    #[derive(Serialize)]
    struct Body<D> {
        data: D,
        match_on: &'static str,
    }

    #[derive(Serialize)]
    struct Sent<'b> {
        r#type: &'static str,
        attributes: &'b Order,
    }

    /// Encodes a batch.
    #[must_use]
    pub fn encode(batch: &[Order]) -> Vec<u8> {
        let sent = |attributes| Sent { r#type: "c_order", attributes };
        let data: Vec<_> = batch.iter().map(sent).collect();
        serde_json::to_vec(&Body { data, match_on: "number" }).unwrap()
    }
}
