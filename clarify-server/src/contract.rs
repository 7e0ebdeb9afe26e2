//! What a contract of the API leaves to choose, as data.

/// One form of the API. The code asks these fields and never which contract it serves.
#[derive(Debug)]
pub(crate) struct Contract {
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
    /// Whether the body of a single update must name the record.
    pub(crate) update_needs_id: bool,
    /// Whether a person's name is kept and shown as one text.
    pub(crate) person_name_is_text: bool,
    /// The attributes of every record that the service writes itself, in the order in which answers
    /// show them.
    pub(crate) system_fields: &'static [SystemField],
    /// How many digits of a second the system's times show: 0 or 3.
    pub(crate) second_digits: u8,
    /// How many requests a minute the rate limit headers speak of.
    pub(crate) rate_limit: u32,
}

/// An answer that shows no record.
#[derive(Debug)]
pub(crate) struct Empty {
    pub(crate) status: u16,
    pub(crate) body: Option<&'static str>,
}

/// An attribute that no write can set and no object declares.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SystemField {
    CreatedAt,
    UpdatedAt,
}

impl SystemField {
    /// What answers call it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::CreatedAt => "_created_at",
            Self::UpdatedAt => "_updated_at",
        }
    }
}

const NO_CONTENT: Empty = Empty { status: 204, body: None };

impl Contract {
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
        update_needs_id: false,
        person_name_is_text: true,
        system_fields: &[SystemField::CreatedAt, SystemField::UpdatedAt],
        second_digits: 0,
        rate_limit: 3000,
    };

    /// The smallest difference between two of the system's times that an answer shows, in
    /// milliseconds.
    pub(crate) const fn time_step(&self) -> i64 {
        if self.second_digits == 0 { 1000 } else { 1 }
    }
}
