//! What a list may ask for: filters and sorts.

use std::marker::PhantomData;

use clarify_schema::Operator;

use crate::class::{Affix, Containing, Emptiable, Equal, OneOf, Ordered, Settable, Timed};
use crate::value::{FieldShape, FieldType, Mismatch, Writer};
use crate::{Field, Operand};

/// A condition on the records of the object `T`. Several conditions on a list must all hold.
#[derive(Debug)]
#[must_use = "a condition does nothing until a list is filtered by it"]
pub struct Condition<T> {
    pub(crate) query: Query,
    object: PhantomData<fn() -> T>,
}

/// A condition as it stands in a URL, whatever its object.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    pub(crate) field: &'static str,
    pub(crate) operator: Operator,
    pub(crate) value: Result<String, Mismatch>,
}

/// What a list of `T` can be filtered by: a [`Condition`] on `T`.
#[diagnostic::on_unimplemented(
    message = "a list can only be filtered by fields of its own object",
    label = "a field of another object"
)]
pub trait ConditionOn<T> {
    /// The condition.
    fn into_condition(self) -> Condition<T>;
}

impl<T> ConditionOn<T> for Condition<T> {
    fn into_condition(self) -> Condition<T> {
        self
    }
}

/// An order of the records of the object `T`.
#[derive(Debug)]
#[must_use = "an order does nothing until a list is sorted by it"]
pub struct Sort<T> {
    pub(crate) field: &'static str,
    pub(crate) descending: bool,
    object: PhantomData<fn() -> T>,
}

/// What a list of `T` can be sorted by: a [`Sort`] on `T`.
#[diagnostic::on_unimplemented(
    message = "a list can only be sorted by fields of its own object",
    label = "a field of another object"
)]
pub trait SortOn<T> {
    /// The order.
    fn into_sort(self) -> Sort<T>;
}

impl<T> SortOn<T> for Sort<T> {
    fn into_sort(self) -> Sort<T> {
        self
    }
}

impl<T, V> Field<T, V> {
    /// Sorts by this field, lowest first. Records without a value come last.
    pub fn asc(self) -> Sort<T> {
        Sort { field: self.name(), descending: false, object: PhantomData }
    }

    /// Sorts by this field, highest first. Records without a value come last here too.
    pub fn desc(self) -> Sort<T> {
        Sort { field: self.name(), descending: true, object: PhantomData }
    }
}

/// The class of the field's type: for a collection, [`Collection`](crate::class::Collection).
type Class<V> = <V as FieldShape>::Class;

/// The type of one value of the field.
type Single<V> = <V as FieldShape>::Single;

impl<T, V: FieldShape> Field<T, V> {
    fn when(self, operator: Operator, value: Result<String, Mismatch>) -> Condition<T> {
        let query = Query { field: self.name(), operator, value };
        Condition { query, object: PhantomData }
    }

    fn compare(self, operator: Operator, value: impl Operand<Single<V>>) -> Condition<T> {
        self.when(operator, text(&value.into_value()))
    }

    fn ask(self, operator: Operator) -> Condition<T> {
        // The service reads no value here, but the parameter must have one.
        self.when(operator, Ok("true".to_owned()))
    }
}

/// The text of a value in a query.
fn text<F: FieldType>(value: &F) -> Result<String, Mismatch> {
    let json = Writer::one(|out| value.write(out))?;
    Ok(serde_json::from_str::<String>(&json).unwrap_or(json))
}

macro_rules! operators {
    ($($class:ident { $($(#[$doc:meta])* $method:ident => $operator:ident($value:ident);)* })*) => {
        impl<T, V: FieldShape> Field<T, V> {$($(
            operators!(@method $class $(#[$doc])* $method $operator $value);
        )*)*}
    };
    (@method $class:ident $(#[$doc:meta])* $method:ident $operator:ident value) => {
        $(#[$doc])*
        pub fn $method(self, value: impl Operand<Single<V>>) -> Condition<T>
        where
            Class<V>: $class,
        {
            self.compare(Operator::$operator, value)
        }
    };
    (@method $class:ident $(#[$doc:meta])* $method:ident $operator:ident none) => {
        $(#[$doc])*
        pub fn $method(self) -> Condition<T>
        where
            Class<V>: $class,
        {
            self.ask(Operator::$operator)
        }
    };
}

operators! {
    Equal {
        /// The value is this one. Texts are compared exactly.
        is => Is(value);
        /// The value is another one, or there is none.
        is_not => IsNot(value);
    }
    Containing {
        /// The text has this in it, or the collection holds it; case does not matter.
        contains => Contains(value);
        /// The reverse of [`contains`](Self::contains): records without a value are among them.
        does_not_contain => DoesNotContain(value);
    }
    Affix {
        /// The text begins with this; case does not matter.
        starts_with => StartsWith(value);
        /// The text ends with this; case does not matter.
        ends_with => EndsWith(value);
    }
    Ordered {
        /// The number is greater.
        gt => GreaterThan(value);
        /// The number is greater or equal.
        ge => GreaterThanOrEqual(value);
        /// The number is less.
        lt => LessThan(value);
        /// The number is less or equal.
        le => LessThanOrEqual(value);
    }
    Timed {
        /// The time is before this one.
        before => IsBefore(value);
        /// The time is this one or before it.
        on_or_before => IsOnOrBefore(value);
        /// The time is after this one.
        after => IsAfter(value);
        /// The time is this one or after it.
        on_or_after => IsOnOrAfter(value);
    }
    Settable {
        /// The box is ticked.
        is_set => IsSet(none);
        /// The box is not ticked, or has no value.
        is_not_set => IsNotSet(none);
    }
    Emptiable {
        /// There is no value.
        is_empty => IsEmpty(none);
        /// There is a value.
        is_not_empty => IsNotEmpty(none);
    }
}

impl<T, V: FieldShape> Field<T, V> {
    /// The value is one of these options.
    ///
    /// An option with a comma in it can't be asked for: the API divides the list by commas. The
    /// list then ends in an error before anything is sent.
    pub fn one_of<O: Operand<Single<V>>>(self, options: impl IntoIterator<Item = O>) -> Condition<T>
    where
        Class<V>: OneOf,
    {
        self.when(Operator::OneOf, list(options))
    }

    /// The value is none of these options, or there is none.
    pub fn not_one_of<O: Operand<Single<V>>>(
        self,
        options: impl IntoIterator<Item = O>,
    ) -> Condition<T>
    where
        Class<V>: OneOf,
    {
        self.when(Operator::NotOneOf, list(options))
    }
}

fn list<F: FieldType, O: Operand<F>>(
    options: impl IntoIterator<Item = O>,
) -> Result<String, Mismatch> {
    let texts: Vec<String> =
        options.into_iter().map(|option| text(&option.into_value())).collect::<Result<_, _>>()?;
    match texts.iter().find(|text| text.contains(',')) {
        Some(text) => {
            Err(Mismatch::new(format!("`{text}` has a comma in it, so it can't be one of a list")))
        }
        None => Ok(texts.join(",")),
    }
}
