//! The two contracts of the API, and what they leave to choose, as data.

/// One of the two forms of the API that a service can speak.
///
/// ```
/// use clarify_server::{Contract, Server};
///
/// let server = Server::builder().contract(Contract::Live).start()?;
/// # Ok::<(), clarify_server::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Contract {
    /// What the API's Records page says. The default.
    #[default]
    Documented,
    /// What the hosted service does.
    Live,
}

impl Contract {
    pub(crate) const fn terms(self) -> &'static Terms {
        match self {
            Self::Documented => &Terms::DOCUMENTED,
            Self::Live => &Terms::LIVE,
        }
    }
}

/// What a contract says. The code asks these fields and never which contract it serves.
#[derive(Debug)]
pub(crate) struct Terms {
    /// Whether a create updates the record that has its unique value without being asked to by
    /// `match_on`.
    pub(crate) create_matches: bool,
    /// How many records one bulk create takes.
    pub(crate) max_batch_create: Option<usize>,
    /// How many records one bulk update or bulk delete takes.
    pub(crate) max_bulk: usize,
    /// How many records a page shows when the request does not say.
    pub(crate) page_default: u64,
    /// How many records a page shows at most.
    pub(crate) page_max: u64,
    /// Whether `links.next` and `links.prev` are left out at the ends; else they are `null`.
    pub(crate) absent_links: bool,
    /// What answers the delete of one record.
    pub(crate) deleted: Empty,
    /// What answers a bulk delete.
    pub(crate) bulk_deleted: Empty,
    /// What the ids of new records look like. An id that a record has stays what it is.
    pub(crate) ids: IdForm,
    /// Whether the body of a single update must name the record.
    pub(crate) update_needs_id: bool,
    /// Whether one record of a custom object can be updated by itself. If not, it is 500, and a
    /// bulk update of one record does it.
    pub(crate) updates_custom_alone: bool,
    /// How a person's name is kept and shown.
    pub(crate) person_name: NameForm,
    /// Whether a field without a value is shown, as `null`.
    pub(crate) shows_null: bool,
    /// The attributes of every record that the service writes itself, in the order in which answers
    /// show them.
    pub(crate) system_fields: &'static [SystemField],
    /// How many digits of a second the system's times show: 0 or 3.
    pub(crate) second_digits: u8,
    /// Whether an `include` may call a link by the plural of the object that it leads to.
    pub(crate) includes_by_plural: bool,
    /// Whether a page has `included` also where nothing was asked for.
    pub(crate) pages_show_included: bool,
    /// How many requests a minute the rate limit headers speak of.
    pub(crate) rate_limit: u32,
}

/// An answer that shows no record.
#[derive(Debug)]
pub(crate) struct Empty {
    pub(crate) status: u16,
    pub(crate) body: Option<&'static str>,
}

/// What the id of a record looks like. Both are made in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IdForm {
    /// The object's prefix and a ULID.
    Prefixed,
    /// A UUID of version 7.
    Uuid,
}

/// How a person's name is written as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameForm {
    /// As one text.
    Text,
    /// As an object of `first_name`, `last_name` and `full_name`.
    Parts,
}

/// An attribute that no write can set and no object declares.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SystemField {
    Id,
    CreatedAt,
    UpdatedAt,
    CreatedBy,
    UpdatedBy,
    MergedIds,
}

impl SystemField {
    /// What answers call it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Id => "_id",
            Self::CreatedAt => "_created_at",
            Self::UpdatedAt => "_updated_at",
            Self::CreatedBy => "_created_by",
            Self::UpdatedBy => "_updated_by",
            Self::MergedIds => "_merged_ids",
        }
    }
}

/// Nothing to say, under both contracts.
pub(crate) const NO_CONTENT: Empty = Empty { status: 204, body: None };
const EMPTY_OBJECT: Empty = Empty { status: 200, body: Some("{}") };

impl Terms {
    /// The contract of the API's Records page.
    pub(crate) const DOCUMENTED: Self = Self {
        create_matches: true,
        max_batch_create: Some(25),
        max_bulk: 1000,
        page_default: 25,
        page_max: 1000,
        absent_links: true,
        deleted: NO_CONTENT,
        bulk_deleted: NO_CONTENT,
        ids: IdForm::Prefixed,
        update_needs_id: false,
        updates_custom_alone: true,
        person_name: NameForm::Text,
        shows_null: false,
        system_fields: &[SystemField::CreatedAt, SystemField::UpdatedAt],
        second_digits: 0,
        includes_by_plural: true,
        pages_show_included: false,
        rate_limit: 3000,
    };

    /// The contract of the hosted service.
    pub(crate) const LIVE: Self = Self {
        create_matches: false,
        max_batch_create: None,
        max_bulk: 1000,
        page_default: 500,
        page_max: 500,
        absent_links: false,
        deleted: EMPTY_OBJECT,
        bulk_deleted: EMPTY_OBJECT,
        ids: IdForm::Uuid,
        update_needs_id: true,
        updates_custom_alone: false,
        person_name: NameForm::Parts,
        shows_null: true,
        system_fields: &[
            SystemField::Id,
            SystemField::CreatedAt,
            SystemField::UpdatedAt,
            SystemField::CreatedBy,
            SystemField::UpdatedBy,
            SystemField::MergedIds,
        ],
        second_digits: 3,
        includes_by_plural: false,
        pages_show_included: true,
        rate_limit: 3000,
    };

    /// The smallest difference between two of the system's times that an answer shows, in
    /// milliseconds.
    pub(crate) const fn time_step(&self) -> i64 {
        if self.second_digits == 0 { 1000 } else { 1 }
    }
}
