//! What a list may ask for: filters and sorts.

use std::marker::PhantomData;
use std::ops::{Bound, RangeBounds};

use clarify_schema::{Operator, Text};

use crate::class::{Affix, Containing, Emptiable, Equal, OneOf, Ordered, Ranged, Settable, Timed};
use crate::value::{FieldShape, FieldType, Mismatch};
use crate::{Field, Operand};

/// A condition on the records of the object `T`. Several conditions on a list must all hold.
#[derive(Debug)]
#[must_use = "a condition does nothing until a list is filtered by it"]
pub struct Condition<T> {
    /// One, or the two ends of a range.
    pub(crate) queries: Vec<Query>,
    object: PhantomData<fn() -> T>,
}

impl<T> Condition<T> {
    pub(crate) fn new(field: Text, operator: Operator, value: Result<String, Mismatch>) -> Self {
        Self::all([Query { field, operator: Some(operator), value }])
    }

    pub(crate) fn short(field: Text, value: String) -> Self {
        Self::all([Query { field, operator: None, value: Ok(value) }])
    }

    /// The same condition on another record type of the same object.
    pub(crate) fn of<U>(self) -> Condition<U> {
        Condition::all(self.queries)
    }

    fn all(queries: impl IntoIterator<Item = Query>) -> Self {
        Self { queries: queries.into_iter().collect(), object: PhantomData }
    }
}

/// A condition as it stands in a URL, whatever its object.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    pub(crate) field: Text,
    /// Without one the service reads it from the value: `>5`, `x*`, `a,b`.
    pub(crate) operator: Option<Operator>,
    pub(crate) value: Result<String, Mismatch>,
}

/// What a list of `T` can be filtered by: a [`Condition`] on `T`.
#[diagnostic::on_unimplemented(
    message = "a list can only be filtered by fields of its own object",
    label = "no condition on a field of this object",
    note = "fields are constants of the struct, with the operators as methods: `Person::TITLE.is(\"CEO\")`"
)]
pub trait ConditionOn<T> {
    /// The condition.
    fn into_condition(self) -> Condition<T>;
}

#[diagnostic::do_not_recommend]
impl<T> ConditionOn<T> for Condition<T> {
    fn into_condition(self) -> Condition<T> {
        self
    }
}

/// An order of the records of the object `T`.
#[derive(Debug)]
#[must_use = "an order does nothing until a list is sorted by it"]
pub struct Sort<T> {
    pub(crate) field: Text,
    pub(crate) descending: bool,
    object: PhantomData<fn() -> T>,
}

impl<T> Sort<T> {
    pub(crate) const fn new(field: Text, descending: bool) -> Self {
        Self { field, descending, object: PhantomData }
    }
}

/// What a list of `T` can be sorted by: a [`Sort`] on `T`.
#[diagnostic::on_unimplemented(
    message = "a list can only be sorted by fields of its own object",
    label = "no order by a field of this object",
    note = "fields are constants of the struct, with an order as a method: `Person::TITLE.asc()`, or `desc()`"
)]
pub trait SortOn<T> {
    /// The order.
    fn into_sort(self) -> Sort<T>;
}

#[diagnostic::do_not_recommend]
impl<T> SortOn<T> for Sort<T> {
    fn into_sort(self) -> Sort<T> {
        self
    }
}

impl<T, V> Field<T, V> {
    /// Sorts by this field, lowest first. Records without a value come last.
    pub fn asc(self) -> Sort<T> {
        Sort::new(self.name().into(), false)
    }

    /// Sorts by this field, highest first. Records without a value come last here too.
    pub fn desc(self) -> Sort<T> {
        Sort::new(self.name().into(), true)
    }
}

/// The class of the field's type: for a collection, [`Collection`](crate::class::Collection).
type Class<V> = <V as FieldShape>::Class;

/// The type of one value of the field.
type Single<V> = <V as FieldShape>::Single;

impl<T, V: FieldShape> Field<T, V> {
    fn when(self, operator: Operator, value: Result<String, Mismatch>) -> Condition<T> {
        Condition::new(self.name().into(), operator, value)
    }

    fn compare(self, operator: Operator, value: impl Operand<Single<V>>) -> Condition<T> {
        self.when(operator, value.into_value().query())
    }

    fn ask(self, operator: Operator) -> Condition<T> {
        // The service reads no value here, but the parameter must have one.
        self.when(operator, Ok("true".to_owned()))
    }
}

// Written out, one like the other, so that the compiler's errors show a method and no macro.
impl<T, V: FieldShape> Field<T, V> {
    /// The value is this one. Texts are compared exactly.
    pub fn is(self, value: impl Operand<Single<V>>) -> Condition<T>
    where
        Class<V>: Equal,
    {
        self.compare(Operator::Is, value)
    }

    /// The value is another one, or there is none.
    pub fn is_not(self, value: impl Operand<Single<V>>) -> Condition<T>
    where
        Class<V>: Equal,
    {
        self.compare(Operator::IsNot, value)
    }

    /// The text has this in it, or the collection holds it; case does not matter.
    pub fn contains(self, value: impl Operand<Single<V>>) -> Condition<T>
    where
        Class<V>: Containing,
    {
        self.compare(Operator::Contains, value)
    }

    /// The reverse of [`contains`](Self::contains): records without a value are among them.
    pub fn does_not_contain(self, value: impl Operand<Single<V>>) -> Condition<T>
    where
        Class<V>: Containing,
    {
        self.compare(Operator::DoesNotContain, value)
    }

    /// The text begins with this; case does not matter.
    pub fn starts_with(self, value: impl Operand<Single<V>>) -> Condition<T>
    where
        Class<V>: Affix,
    {
        self.compare(Operator::StartsWith, value)
    }

    /// The text ends with this; case does not matter.
    pub fn ends_with(self, value: impl Operand<Single<V>>) -> Condition<T>
    where
        Class<V>: Affix,
    {
        self.compare(Operator::EndsWith, value)
    }

    /// The number is greater.
    pub fn gt(self, value: impl Operand<Single<V>>) -> Condition<T>
    where
        Class<V>: Ordered,
    {
        self.compare(Operator::GreaterThan, value)
    }

    /// The number is greater or equal.
    pub fn ge(self, value: impl Operand<Single<V>>) -> Condition<T>
    where
        Class<V>: Ordered,
    {
        self.compare(Operator::GreaterThanOrEqual, value)
    }

    /// The number is less.
    pub fn lt(self, value: impl Operand<Single<V>>) -> Condition<T>
    where
        Class<V>: Ordered,
    {
        self.compare(Operator::LessThan, value)
    }

    /// The number is less or equal.
    pub fn le(self, value: impl Operand<Single<V>>) -> Condition<T>
    where
        Class<V>: Ordered,
    {
        self.compare(Operator::LessThanOrEqual, value)
    }

    /// The time is before this one.
    pub fn before(self, value: impl Operand<Single<V>>) -> Condition<T>
    where
        Class<V>: Timed,
    {
        self.compare(Operator::IsBefore, value)
    }

    /// The time is this one or before it.
    pub fn on_or_before(self, value: impl Operand<Single<V>>) -> Condition<T>
    where
        Class<V>: Timed,
    {
        self.compare(Operator::IsOnOrBefore, value)
    }

    /// The time is after this one.
    pub fn after(self, value: impl Operand<Single<V>>) -> Condition<T>
    where
        Class<V>: Timed,
    {
        self.compare(Operator::IsAfter, value)
    }

    /// The time is this one or after it.
    pub fn on_or_after(self, value: impl Operand<Single<V>>) -> Condition<T>
    where
        Class<V>: Timed,
    {
        self.compare(Operator::IsOnOrAfter, value)
    }

    /// The number or time is in this range: `TOTAL.within(1000..5000)`,
    /// `ORDERED_ON.within(date(2026, 1, 1)..=date(2026, 3, 31))`. An end that is open is none.
    pub fn within<O>(self, range: impl RangeBounds<O>) -> Condition<T>
    where
        O: Operand<Single<V>> + Clone,
        Class<V>: Ranged,
    {
        let ends = [
            (range.start_bound(), <Class<V>>::FROM, <Class<V>>::ABOVE),
            (range.end_bound(), <Class<V>>::TO, <Class<V>>::BELOW),
        ];
        let query = |operator, value: &O| {
            let value = value.clone().into_value().query();
            Query { field: self.name().into(), operator: Some(operator), value }
        };
        Condition::all(ends.into_iter().filter_map(|(end, included, excluded)| match end {
            Bound::Included(value) => Some(query(included, value)),
            Bound::Excluded(value) => Some(query(excluded, value)),
            Bound::Unbounded => None,
        }))
    }

    /// The box is ticked.
    pub fn is_set(self) -> Condition<T>
    where
        Class<V>: Settable,
    {
        self.ask(Operator::IsSet)
    }

    /// The box is not ticked, or has no value.
    pub fn is_not_set(self) -> Condition<T>
    where
        Class<V>: Settable,
    {
        self.ask(Operator::IsNotSet)
    }

    /// There is no value.
    pub fn is_empty(self) -> Condition<T>
    where
        Class<V>: Emptiable,
    {
        self.ask(Operator::IsEmpty)
    }

    /// There is a value.
    pub fn is_not_empty(self) -> Condition<T>
    where
        Class<V>: Emptiable,
    {
        self.ask(Operator::IsNotEmpty)
    }

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
        options.into_iter().map(|option| option.into_value().query()).collect::<Result<_, _>>()?;
    match texts.iter().find(|text| text.contains(',')) {
        Some(text) => {
            Err(Mismatch::new(format!("`{text}` has a comma in it, so it can't be one of a list")))
        }
        None => Ok(texts.join(",")),
    }
}
