//! Every type that a field can have, by itself, optional, aliased, from another module, and of one's
//! own.

#![deny(warnings, missing_docs, dead_code, unused)]

use std::collections::{BTreeMap, HashMap};

use clarify_core::{
    ClarifyObject, ClarifySelect, Decimal, FieldType, Form, Kind, Mismatch, PersonName, RecordId,
    RichText, User, Wire, Writer, class,
};
use serde_json::{Map, Value};

/// Types from elsewhere.
pub mod elsewhere {
    /// What an order is marked with.
    #[derive(Debug, Clone, PartialEq, clarify_core::ClarifySelect)]
    pub enum Mark {
        /// To be seen to first.
        Rush,
        /// What else there is.
        #[clarify(other)]
        Other(Box<str>),
    }

    /// An alias.
    pub type Text = String;
}

type Maybe<T> = Option<T>;

/// A type of one's own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Percent(u8);

impl FieldType for Percent {
    const KIND: Kind = Kind::Number;
    const FORM: Form = u8::FORM;
    type Class = class::Number;

    fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
        u8::read(wire).map(Self)
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        self.0.write(out)
    }
}

/// One field of each.
#[derive(Debug, Clone, PartialEq, ClarifyObject)]
pub struct Everything {
    /// Unique.
    #[clarify(unique)]
    pub text: String,
    /// Aliased twice.
    pub alias: Maybe<elsewhere::Text>,
    /// Long.
    #[clarify(kind = "long_text")]
    pub long: Option<String>,
    /// Exact.
    pub exact: Decimal,
    /// Money.
    #[clarify(kind = "currency")]
    pub money: Option<Decimal>,
    /// Floating.
    pub float: Option<f64>,
    /// Signed.
    pub small: i8,
    /// Signed.
    pub medium: Option<i16>,
    /// Signed.
    pub large: Option<i32>,
    /// Signed.
    pub huge: Option<i64>,
    /// Unsigned.
    pub count: u8,
    /// Unsigned.
    pub port: Option<u16>,
    /// Unsigned.
    pub total: Option<u32>,
    /// Unsigned.
    pub all: Option<u64>,
    /// Ticked.
    pub ticked: bool,
    /// A day.
    pub day: Option<jiff::civil::Date>,
    /// A moment.
    pub moment: Option<jiff::Timestamp>,
    /// A select.
    pub mark: Option<elsewhere::Mark>,
    /// A multi select.
    pub marks: Vec<elsewhere::Mark>,
    /// A multi select whose options are not known.
    #[clarify(kind = "multi_select")]
    pub labels: Vec<String>,
    /// A collection.
    pub notes: Vec<String>,
    /// A collection of addresses.
    #[clarify(kind = "email_addresses")]
    pub addresses: Vec<String>,
    /// A collection of domains.
    #[clarify(kind = "domains")]
    pub domains: Vec<String>,
    /// A collection of numbers.
    #[clarify(kind = "phone_numbers")]
    pub phones: Vec<String>,
    /// A link to its own kind.
    pub parent_id: Option<RecordId<Self>>,
    /// A link that is always there.
    pub owner_id: RecordId<User>,
    /// A link to what links back.
    pub other_id: Option<RecordId<Other>>,
    /// A name.
    pub name: Option<PersonName>,
    /// Rich text.
    pub story: Option<RichText>,
    /// Anything.
    pub anything: Option<Value>,
    /// A place.
    #[clarify(kind = "location")]
    pub place: Option<Value>,
    /// One's own.
    pub share: Option<Percent>,
    /// Written by the service.
    #[clarify(read_only)]
    pub score: Option<f64>,
    /// No field.
    #[clarify(skip)]
    pub seen: HashMap<String, u8>,
    /// The rest.
    #[clarify(extra)]
    pub rest: Map<String, Value>,
}

/// It links back.
#[derive(Debug, Clone, PartialEq, ClarifyObject)]
pub struct Other {
    /// Back.
    pub everything_id: Option<RecordId<Everything>>,
    /// The rest, in another map.
    #[clarify(extra)]
    pub rest: BTreeMap<String, Value>,
}

fn main() {
    assert_eq!(Everything::OBJECT.fields.len(), 33);
    assert_eq!(elsewhere::Mark::OPTIONS, ["Rush"]);
    assert_eq!(Everything::OTHER_ID.schema().target.as_deref(), Some("c_other"));
    assert!(Everything::OBJECT.field("owner_id").is_some_and(|field| field.required));
}
