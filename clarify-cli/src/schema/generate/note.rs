//! What is told of a change.

use std::fmt;

/// What became of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Added,
    /// An enum stood for the object, and is its struct now.
    Replaced,
    Changed,
    Removed,
    /// The snapshot does not have it any more, and it stays.
    Gone,
    GoneObject,
    /// Another struct is the object's, and has what is new of it.
    View,
}

/// What became of what.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) what: What,
    pub(super) name: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match self.what {
            What::Added => write!(f, "added    {name}"),
            What::Replaced => {
                write!(f, "replaced {name} (an enum stood for it, and is a struct now)")
            }
            What::Changed => write!(f, "changed  {name}"),
            What::Removed => write!(f, "removed  {name}"),
            What::Gone => write!(f, "gone     {name} (it stays; `--prune` takes it away)"),
            What::View => {
                write!(f, "kept     {name} (another struct of its object has what is new)")
            }
            What::GoneObject => {
                let help = "it stays; if it was renamed, say `#[clarify(object = \"…\")]`";
                write!(f, "gone     {name} ({help})")
            }
        }
    }
}
