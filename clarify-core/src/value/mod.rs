//! The Rust types that a struct's fields can have, and what each is on the wire.

mod checkbox;
mod date_time;
mod escape;
mod id;
mod json;
mod link;
mod number;
mod person_name;
mod select;
mod shape;
mod text;
mod wire;

use clarify_schema::{Kind, Text};

pub(crate) use date_time::moment;
pub(crate) use escape::{plain_length_within, write_text};
pub(crate) use id::IdText;
pub use json::RichText;
pub(crate) use json::read_json;
pub use link::{LinkTarget, RecordId, User};
pub use person_name::PersonName;
pub use select::{ClarifySelect, OtherText, read_option, write_option};
pub(crate) use shape::{Facts, Known};
pub use shape::{FieldShape, Item, Missing, Shape, of};
pub use wire::{Form, Mismatch, Wire, Writer};

/// A type that one value of a field can have: `String`, `f64`, `bool`, a date, a select's enum …
///
/// `Option<T>` of such a type makes a field that may be empty, and `Vec<T>` of one that is also an
/// [`Item`] a collection.
///
/// # A type of your own
///
/// A newtype says what its inner type says, and adds its rules:
///
/// ```
/// use clarify_core::{ClarifyObject, Decimal, FieldType, Form, Kind, Mismatch, Wire, Writer, class};
///
/// /// An amount that is never negative.
/// #[derive(Debug, Clone, Copy, PartialEq)]
/// struct Price(Decimal);
///
/// impl FieldType for Price {
///     const KIND: Kind = Kind::Currency;
///     const FORM: Form = Decimal::FORM;
///     type Class = class::Number;
///
///     fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
///         let amount = Decimal::read(wire)?;
///         let is_good = amount >= Decimal::default();
///         is_good.then_some(Self(amount)).ok_or_else(|| Mismatch::expected("a price", wire))
///     }
///
///     fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
///         self.0.write(out)
///     }
/// }
///
/// #[derive(ClarifyObject)]
/// struct Product {
///     price: Option<Price>,
/// }
///
/// let cheap = Product::PRICE.le(Price("9.99".parse()?));
/// # Ok::<(), clarify_core::schema::DecimalError>(())
/// ```
///
/// An enum that is no select goes the same way, from and to a text. A type that is serde's goes
/// through JSON, in a field of the kind `other`:
///
/// ```
/// use clarify_core::{FieldType, Form, Kind, Mismatch, Wire, Writer, class};
///
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Place {
///     city: String,
/// }
///
/// impl FieldType for Place {
///     const KIND: Kind = Kind::Other;
///     const ALSO: &'static [Kind] = &[Kind::Location];
///     const FORM: Form = Form::Json;
///     type Class = class::Opaque;
///
///     fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
///         let (Wire::Json(json) | Wire::Text(json)) = wire;
///         serde_json::from_str(json).map_err(|_| Mismatch::expected("a place", wire))
///     }
///
///     fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
///         let json = serde_json::to_string(self).map_err(|e| Mismatch::new(e.to_string()))?;
///         out.json(&json);
///         Ok(())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "this type can't be the type of a field",
    label = "not a field type",
    note = "a field is a `String`, a number (`f64`, `Decimal`, an integer), a `bool`, a `civil::Date` or `Timestamp` of `clarify_core::jiff`, a `RecordId` of a struct that derives `ClarifyObject`, an enum that derives `ClarifySelect`, a `PersonName`, `RichText` or a `serde_json::Value`; an `Option` of these; or a `Vec` of texts or selects",
    note = "dates and times of chrono and of time are field types with the features `chrono` and `time`; to-many links are no attributes"
)]
pub trait FieldType: Sized + 'static {
    /// The kind of a field of this type, where its attributes don't say another.
    const KIND: Kind;
    /// The kinds that `#[clarify(kind = "...")]` may say instead.
    const ALSO: &'static [Kind] = &[];
    /// How the value stands on the wire, and so what [`read`](Self::read) is given.
    const FORM: Form;
    /// The options of a select.
    const SELECT_OPTIONS: &'static [Text] = &[];
    /// Whether options that are not among these are kept as they come.
    const SELECT_IS_OPEN: bool = false;
    /// The object that a link points to.
    const TARGET: Option<&'static str> = None;
    /// The operators that filters may use: one of the types of [`class`](crate::class).
    type Class;

    /// Reads the value from the wire.
    ///
    /// # Errors
    ///
    /// When it is something else.
    fn read(wire: Wire<'_>) -> Result<Self, Mismatch>;

    /// Writes the value as JSON.
    ///
    /// # Errors
    ///
    /// When the API can't hold it.
    fn write(&self, out: &mut Writer) -> Result<(), Mismatch>;

    /// The value as a filter compares with it: what a JSON string holds, or the JSON itself.
    ///
    /// # Errors
    ///
    /// When the API can't hold it.
    fn query(&self) -> Result<String, Mismatch> {
        let json = Writer::one(|out| self.write(out))?;
        Ok(serde_json::from_str(&json).unwrap_or(json))
    }
}
