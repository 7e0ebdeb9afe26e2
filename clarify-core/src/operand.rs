//! The values that filters and patches take in place of exactly the field's type.

use clarify_schema::Decimal;

use crate::ReadOnly;
use crate::value::{FieldType, Item, PersonName, RecordId};

/// What stands for one value of type `V`: a `V`, or what is as good, such as `"text"` for a
/// `String` and `5` for an `f64`.
#[diagnostic::on_unimplemented(
    message = "this value is not of the field's type",
    label = "another type than the field's",
    note = "a select is compared with a variant of its enum, a date or time with one of `clarify_core::jiff`, a link with a `RecordId`; `is_set` and `is_empty` ask whether there is a value"
)]
pub trait Operand<V> {
    /// The value.
    fn into_value(self) -> V;
}

#[diagnostic::do_not_recommend]
impl<V: FieldType> Operand<V> for V {
    fn into_value(self) -> V {
        self
    }
}

#[diagnostic::do_not_recommend]
impl Operand<String> for &str {
    fn into_value(self) -> String {
        self.to_owned()
    }
}

#[diagnostic::do_not_recommend]
impl Operand<String> for &String {
    fn into_value(self) -> String {
        self.clone()
    }
}

#[diagnostic::do_not_recommend]
impl Operand<PersonName> for &str {
    fn into_value(self) -> PersonName {
        PersonName::full(self)
    }
}

#[diagnostic::do_not_recommend]
impl Operand<f64> for i32 {
    fn into_value(self) -> f64 {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl Operand<Decimal> for i32 {
    fn into_value(self) -> Decimal {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl<T> Operand<RecordId<T>> for &RecordId<T>
where
    RecordId<T>: FieldType,
{
    fn into_value(self) -> RecordId<T> {
        self.clone()
    }
}

/// What a field of type `V` can be set to: an [`Operand`] of its type, without `Some` where the
/// field may be empty; and for a collection an array or a `Vec` of operands.
#[diagnostic::on_unimplemented(
    message = "the field can't be set to this value",
    label = "another type than the field's",
    note = "a field of `Option<T>` is set to a `T`, a collection to an array or a `Vec`; `clear` empties both"
)]
pub trait SetTo<V> {
    /// The value.
    fn into_field(self) -> V;
}

#[diagnostic::do_not_recommend]
impl<V: FieldType, O: Operand<V>> SetTo<V> for O {
    fn into_field(self) -> V {
        self.into_value()
    }
}

#[diagnostic::do_not_recommend]
impl<V: FieldType, O: Operand<V>> SetTo<Option<V>> for O {
    fn into_field(self) -> Option<V> {
        Some(self.into_value())
    }
}

#[diagnostic::do_not_recommend]
impl<V: Item, O: Operand<V>> SetTo<Vec<V>> for Vec<O> {
    fn into_field(self) -> Vec<V> {
        self.into_iter().map(Operand::into_value).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<V: Item, O: Operand<V>, const N: usize> SetTo<Vec<V>> for [O; N] {
    fn into_field(self) -> Vec<V> {
        self.into_iter().map(Operand::into_value).collect()
    }
}

// No patch sets such a field, and says so; that the value is good is not in question.
#[diagnostic::do_not_recommend]
impl<V, O: SetTo<V>> SetTo<ReadOnly<V>> for O {
    fn into_field(self) -> ReadOnly<V> {
        ReadOnly::new(self.into_field())
    }
}

#[diagnostic::do_not_recommend]
impl<V: Item + Clone> SetTo<Vec<V>> for &[V] {
    fn into_field(self) -> Vec<V> {
        self.to_vec()
    }
}
