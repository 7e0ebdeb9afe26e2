//! Structs wherever they may stand, as visible as they may be, with names of every sort.

#![deny(warnings, missing_docs, dead_code, unused)]

use clarify_core::{ClarifyObject, ClarifySelect};

/// A module with things that bear names of the language's crates and of the derive's locals.
pub mod crowded {
    #![allow(dead_code, non_upper_case_globals)]

    mod core {}
    mod std {}
    static row: u8 = 0;
    const f0: u8 = 0;
    const text: u8 = 0;
    struct Default;

    /// Visible to all, with a field that is not.
    #[derive(Debug, clarify_core::ClarifyObject)]
    pub struct Outer {
        pub(crate) name: String,
        secret: Option<Hidden>,
    }

    #[derive(Debug, clarify_core::ClarifySelect)]
    enum Hidden {
        One,
        #[clarify(other)]
        Other(String),
    }

    pub(super) mod deeper {
        #[derive(Debug, clarify_core::ClarifyObject)]
        pub(in super::super) struct Inner {
            pub(super) r#match: Option<String>,
            pub(crate) r#async: bool,
        }
    }
}

macro_rules! objects {
    ($($(#[$meta:meta])* $vis:vis $name:ident { $($field:ident: $type:ty),* })*) => {$(
        #[derive(Debug, ClarifyObject)]
        #[allow(missing_docs)]
        $(#[$meta])*
        $vis struct $name { $($field: $type),* }
    )*};
}

objects! {
    /// Made by a macro.
    pub FromMacro { size: Option<f64>, decode: bool, encode: bool, out: Option<String> }
    /// Made by a macro.
    #[clarify(object = "c_renamed")]
    pub Renamed { object: Option<String>, fields: Vec<String>, name: Option<String>, new: bool }
}

#[derive(Debug, ClarifyObject)]
struct Parted {
    #[cfg(any())]
    gone: NoSuchType,
    #[cfg(all())]
    here: Option<String>,
}

fn main() {
    #[derive(Debug, ClarifyObject)]
    struct Local {
        state: Option<State>,
    }
    #[derive(Debug, Clone, Copy, ClarifySelect)]
    enum State {
        Open,
    }
    let local = Local { state: Some(State::Open) };
    assert!(local.state.is_some_and(|state| state.option() == "Open"));
    assert_eq!(Local::STATE.name(), "state");
    assert_eq!(crowded::Outer::NAME.name(), "name");
    assert_eq!(crowded::deeper::Inner::MATCH.name(), "match");
    assert_eq!(crowded::deeper::Inner::ASYNC.name(), "async");
    assert_eq!(FromMacro::OUT.name(), "out");
    assert_eq!(Renamed::OBJECT.name(), "object", "the field's constant, and not the table");
    assert_eq!(<Renamed as ClarifyObject>::OBJECT.name, "c_renamed");
    let parted = Parted { here: None };
    assert_eq!((Parted::OBJECT.fields.len(), parted.here), (1, None));
}
