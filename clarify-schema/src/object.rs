//! One object of a workspace.

use std::borrow::Cow;

use crate::difference::is_like;
use crate::{CUSTOM_PREFIX, Field, MAX_OBJECT_NAME, Text, custom_object_name, nearest};

/// One object of a workspace: `person`, or a custom one such as `c_sales_order`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Object {
    /// The name in paths and in `type`.
    pub name: Text,
    /// What one record is called to people.
    pub singular: Option<Text>,
    /// What several records are called to people.
    pub plural: Option<Text>,
    /// What the object is for.
    pub description: Option<Text>,
    /// Its fields, in the order they are shown.
    pub fields: Cow<'static, [Field]>,
}

impl Object {
    /// An object with these fields.
    #[must_use]
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        Self {
            name: Cow::Borrowed(name),
            singular: None,
            plural: None,
            description: None,
            fields: Cow::Borrowed(fields),
        }
    }

    /// [`new`](Self::new) with a name and fields that were made at run time.
    #[must_use]
    pub fn named(name: impl Into<Text>, fields: Vec<Field>) -> Self {
        Self {
            name: name.into(),
            singular: None,
            plural: None,
            description: None,
            fields: Cow::Owned(fields),
        }
    }

    /// The same object with what its records are called to people.
    #[must_use]
    pub const fn labels(mut self, singular: &'static str, plural: &'static str) -> Self {
        set(&mut self.singular, Some(Cow::Borrowed(singular)));
        set(&mut self.plural, Some(Cow::Borrowed(plural)));
        self
    }

    /// What its records are called, one and several: what is said of it, or what its name says.
    ///
    /// ```
    /// # use clarify_schema::Object;
    /// let (singular, plural) = Object::new("c_sales_order", &[]).called();
    /// assert_eq!((&*singular, &*plural), ("Sales Order", "Sales Orders"));
    /// ```
    #[must_use]
    pub fn called(&self) -> (Text, Text) {
        let singular = self.singular.clone().unwrap_or_else(|| self.label_of_name());
        let plural = self.plural.clone().unwrap_or_else(|| format!("{singular}s").into());
        (singular, plural)
    }

    fn label_of_name(&self) -> Text {
        let name = self.name.strip_prefix(CUSTOM_PREFIX).unwrap_or(&self.name);
        let capitalised = |word: &str| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())
        };
        name.split('_').filter_map(capitalised).collect::<Vec<_>>().join(" ").into()
    }

    /// The labels to make the object with: the API makes its name of the first. They are its own
    /// where they can be; nothing where no label makes this name.
    ///
    /// ```
    /// # use clarify_schema::Object;
    /// let order = Object::new("c_order", &[]).labels("Bestellung", "Bestellungen");
    /// let (label, plural) = order.made_with().unwrap();
    /// assert_eq!((&*label, &*plural), ("Order", "Bestellungen"));
    /// assert!(Object::new("c_a__b", &[]).made_with().is_none());
    /// ```
    #[must_use]
    pub fn made_with(&self) -> Option<(Text, Text)> {
        let fits = |label: &Text| (1..=MAX_OBJECT_NAME).contains(&label.chars().count());
        let makes_it = |label: &Text| {
            fits(label) && custom_object_name(label).is_ok_and(|name| name == self.name)
        };
        let (singular, plural) = self.called();
        let label = [singular, self.label_of_name()].into_iter().find(makes_it)?;
        let plural = if fits(&plural) { plural } else { label.clone() };
        Some((label, plural))
    }

    /// The field with this name on the wire.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The field whose name is this but for a slip of the hand.
    #[must_use]
    pub fn field_like(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| is_like(&field.name, name))
    }

    /// The name of the field that is most like this one, if any is: see [`nearest`].
    #[must_use]
    pub fn nearest_field_name(&self, name: &str) -> Option<&str> {
        nearest(name, self.fields.iter().map(|field| &*field.name))
    }

    /// The field that upserts match on. Meetings and tasks have none.
    #[must_use]
    pub fn unique_field(&self) -> Option<&Field> {
        self.fields.iter().find(|field| field.unique)
    }

    /// Whether the object is a custom one (`c_*`).
    #[must_use]
    pub fn is_custom(&self) -> bool {
        self.name.starts_with(CUSTOM_PREFIX)
    }

    /// What the ids of its records begin with: `per_`, `com_`, `dea_`, `mee_`, `tas_`, and `rec_`
    /// for every custom object. Ids are opaque all the same: nothing reads this back from one.
    #[must_use]
    pub fn id_prefix(&self) -> &'static str {
        match &*self.name {
            "person" => "per_",
            "company" => "com_",
            "deal" => "dea_",
            "meeting" => "mee_",
            "task" => "tas_",
            _ => "rec_",
        }
    }
}

/// Sets a member in a `const fn`, which may not run the destructor of what was there.
pub(crate) const fn set<T>(member: &mut T, value: T) {
    std::mem::forget(std::mem::replace(member, value));
}
