//! The derive where nothing has its own name: there is no `clarify_core` here, and the prelude's
//! names mean something else.

#![deny(warnings, missing_docs, dead_code, unused, clippy::pedantic)]

/// What a company's own library may re-export.
pub mod sdk {
    pub use crm as clarify;
}

/// The objects, among types that have taken the prelude's names.
pub mod objects {
    /// Not the prelude's.
    #[derive(Debug)]
    pub struct Option;
    /// Not the prelude's.
    #[derive(Debug)]
    pub struct Vec;
    /// Not the prelude's.
    #[derive(Debug)]
    pub struct String;
    /// Not the prelude's.
    #[derive(Debug)]
    pub struct Result;
    /// Not the prelude's.
    #[derive(Debug)]
    pub struct Some;
    /// Not the derive's.
    #[derive(Debug)]
    pub struct Field;
    /// Not the derive's.
    pub mod core {}
    /// Not the derive's.
    pub mod std {}

    type Text = ::std::string::String;
    type Maybe<T> = ::std::option::Option<T>;
    type Many<T> = ::std::vec::Vec<T>;

    /// An order, by the crate's other name.
    #[derive(Debug, PartialEq, crm::ClarifyObject)]
    #[clarify(crate = crm)]
    pub struct SalesOrder {
        /// The number on the invoice.
        #[clarify(unique)]
        pub number: Text,
        /// What is to be paid.
        #[clarify(kind = "currency")]
        pub total: Maybe<crm::Decimal>,
        /// How far it has come.
        pub state: Maybe<State>,
        /// The day of it.
        pub ordered_on: Maybe<time::civil::Date>,
        /// What it is marked with.
        pub marks: Many<Text>,
        /// What it follows.
        pub previous_id: Maybe<crm::RecordId<Self>>,
        /// What else is known of it.
        #[clarify(extra)]
        pub more: json::Map<Text, json::Value>,
    }

    /// How far an order has come, by a path.
    #[derive(Debug, PartialEq, crate::sdk::clarify::ClarifySelect)]
    #[clarify(crate = crate::sdk::clarify)]
    pub enum State {
        /// Not yet sent.
        Draft,
        /// What the workspace says beside it.
        #[clarify(other)]
        Other(Text),
    }
}

#[cfg(test)]
mod tests {
    use crm::request::{Answer, Calls, read};
    use crm::{ClarifyObject, Patch};

    use super::objects::{SalesOrder, State};

    #[test]
    fn a_record_goes_out_and_comes_back() {
        let order = SalesOrder {
            number: "SO-1".into(),
            total: "12.50".parse().ok(),
            state: Some(State::Other("Lost".into())),
            ordered_on: "2026-01-05".parse().ok(),
            marks: vec!["rush".into()],
            previous_id: None,
            more: json::Map::new(),
        };
        let call = Calls::new().create(&order).unwrap();
        let sent: json::Value = json::from_slice(&call.body).unwrap();
        let mut data = sent["data"].clone();
        data["id"] = "rec_1".into();
        let answer = Answer::new(201, json::json!({ "data": data }).to_string());
        let record = read::record::<SalesOrder>(&call, &answer).unwrap();
        assert_eq!(record.attributes, order);
    }

    #[test]
    fn the_table_and_the_constants_are_there() {
        assert_eq!(SalesOrder::OBJECT.name, "c_sales_order");
        assert_eq!(SalesOrder::PREVIOUS_ID.schema().target.as_deref(), Some("c_sales_order"));
        let patch = Patch::new().set(SalesOrder::STATE, State::Draft).clear(SalesOrder::MARKS);
        assert_eq!(patch.to_string(), r#"{"state":"Draft","marks":{"items":[]}}"#);
    }
}
