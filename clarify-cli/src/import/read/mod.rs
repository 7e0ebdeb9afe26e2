//! From the bytes of a file to its rows.
//!
//! What the file is (`source`), in which encoding (`encoding`) and with which delimiter (`layout`) is
//! found out first; then its rows are read one after the other, as often as they are needed, and
//! however many there are.

mod cells;
mod delimited;
mod distinct;
mod elements;
mod encoding;
mod json;
mod layout;
mod lines;
mod place;
mod source;
mod unmended;

pub(crate) use layout::Layout;
pub(crate) use place::Place;
pub(crate) use source::{Format, Options, Reading, Source, is_stream};

use serde_json::value::RawValue;

/// One row of a file, or one object of a JSON file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) place: Place,
    /// A cell for each column. Of a row that can't be read, what there is.
    pub(crate) cells: Vec<Cell>,
    /// Why it can't be read.
    pub(crate) fault: Option<String>,
    /// All of its text, where it can't be read.
    pub(crate) text: Option<String>,
    /// Whether cells were joined that an unquoted delimiter had divided.
    pub(crate) is_rejoined: bool,
}

/// One cell.
#[derive(Clone, Debug, Default)]
pub(crate) enum Cell {
    /// There is none: `null`, or a member that is missing.
    #[default]
    Absent,
    /// A text, as it stands.
    Text(String),
    /// A JSON value that is no text.
    Json(Box<RawValue>),
}

impl Cell {
    /// The cell as a text for people and for files.
    pub(crate) fn shown(&self) -> &str {
        match self {
            Self::Absent => "",
            Self::Text(text) => text,
            Self::Json(json) => json.get(),
        }
    }
}

/// The rows of a file, until a line can't be read.
pub(crate) type Rows = Box<dyn Iterator<Item = std::io::Result<Row>> + Send>;
