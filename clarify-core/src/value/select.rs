//! Selects: enums whose variants are the options.

use clarify_schema::Text;

use super::{Mismatch, Wire, Writer};

/// An enum whose variants are the options of a select. Derive it with
/// [`#[derive(ClarifySelect)]`](derive@crate::ClarifySelect).
pub trait ClarifySelect: Sized {
    /// The options, in the order of the variants.
    const OPTIONS: &'static [Text];

    /// The variant for an option's text, which is case-sensitive; the variant marked `other` for
    /// a text that is not an option, and nothing where there is none.
    #[must_use]
    fn from_option(text: &str) -> Option<Self>;

    /// The text of the option.
    #[must_use]
    fn option(&self) -> &str;
}

/// Reads an option; the derive's `read` calls it.
///
/// # Errors
///
/// When the text is not an option, and no variant is marked `other`.
pub fn read_option<S: ClarifySelect>(wire: Wire<'_>) -> Result<S, Mismatch> {
    let option = match wire {
        Wire::Text(text) => S::from_option(text),
        Wire::Json(_) => None,
    };
    option.ok_or_else(|| unknown_option(S::OPTIONS, wire))
}

fn unknown_option(options: &[Text], wire: Wire<'_>) -> Mismatch {
    Mismatch::expected(&format!("one of `{}`", options.join("`, `")), wire)
}

/// Writes an option; the derive's `write` calls it.
///
/// # Errors
///
/// When the text is empty: that is no option.
pub fn write_option<S: ClarifySelect>(select: &S, out: &mut Writer) -> Result<(), Mismatch> {
    match select.option() {
        "" => Err(Mismatch::new("the text of an option can't be empty")),
        text => {
            out.text(text);
            Ok(())
        }
    }
}

/// What the `other` variant of a select holds: a `String`, or another text that owns itself.
#[diagnostic::on_unimplemented(
    message = "the `other` variant keeps the text of an unknown option, and this is no text",
    label = "write `String`"
)]
pub trait OtherText {
    /// Keeps the text.
    fn keep(text: &str) -> Self;

    /// The text that was kept.
    fn text(&self) -> &str;
}

#[diagnostic::do_not_recommend]
impl OtherText for String {
    fn keep(text: &str) -> Self {
        text.to_owned()
    }

    fn text(&self) -> &str {
        self
    }
}

#[diagnostic::do_not_recommend]
impl OtherText for Box<str> {
    fn keep(text: &str) -> Self {
        text.into()
    }

    fn text(&self) -> &str {
        self
    }
}
