//! The objects of the workspace, from its schema by `clarify schema generate`. Done again, it adds what
//! is new and keeps what was changed here.

use clarify_core::jiff::Timestamp;
use clarify_core::jiff::civil::Date;
use clarify_core::serde_json::Value;
use clarify_core::{
    ClarifyObject, ClarifySelect, Decimal, LinkTarget, PersonName, RecordId, RichText, User,
};

/// Long.
#[derive(Debug, Clone, PartialEq, ClarifyObject)]
pub struct ANameThatIsAsLongAsCanBe {
    /// Title.
    pub title: Option<String>,
}

/// One field of each kind.
///
/// Not here, since links to many are no attributes: `to_many`.
#[derive(Debug, Clone, PartialEq, ClarifyObject)]
pub struct Everything {
    /// Text.
    pub text: Option<String>,
    /// Long text.
    #[clarify(kind = "long_text")]
    pub long_text: Option<String>,
    /// Number.
    pub number: Option<Decimal>,
    /// Currency.
    #[clarify(kind = "currency")]
    pub currency: Option<Decimal>,
    /// Date.
    pub date: Option<Date>,
    /// Date time.
    pub date_time: Option<Timestamp>,
    /// Checkbox.
    pub checkbox: Option<bool>,
    /// Select.
    pub select: Option<EverythingSelect>,
    /// Person name.
    pub person_name: Option<PersonName>,
    /// Link.
    pub link: Option<RecordId<Everything>>,
    /// User.
    pub user: Option<RecordId<User>>,
    /// Rich text.
    pub rich_text: Option<RichText>,
    /// Location.
    #[clarify(kind = "location")]
    pub location: Option<Value>,
    /// Other.
    pub other: Option<Value>,
    /// Needed text.
    #[clarify(unique)]
    pub needed_text: String,
    /// Needed long text.
    #[clarify(kind = "long_text")]
    pub needed_long_text: String,
    /// Needed number.
    pub needed_number: Decimal,
    /// Needed currency.
    #[clarify(kind = "currency")]
    pub needed_currency: Decimal,
    /// Needed date.
    pub needed_date: Date,
    /// Needed date time.
    pub needed_date_time: Timestamp,
    /// Needed checkbox.
    pub needed_checkbox: bool,
    /// Needed select.
    pub needed_select: EverythingNeededSelect,
    /// Needed person name.
    pub needed_person_name: PersonName,
    /// Needed link.
    pub needed_link: RecordId<Everything>,
    /// Needed user.
    pub needed_user: RecordId<User>,
    /// Needed rich text.
    pub needed_rich_text: RichText,
    /// Needed location.
    #[clarify(kind = "location")]
    pub needed_location: Value,
    /// Needed other.
    pub needed_other: Value,
    /// Multi select.
    pub multi_select: Vec<EverythingMultiSelect>,
    /// Free select.
    pub free_select: Option<EverythingFreeSelect>,
    /// Free labels.
    #[clarify(kind = "multi_select")]
    pub free_labels: Vec<String>,
    /// Email addresses.
    #[clarify(kind = "email_addresses")]
    pub email_addresses: Vec<String>,
    /// Work emails.
    #[clarify(kind = "email_addresses")]
    pub work_emails: Vec<String>,
    /// Domains.
    #[clarify(kind = "domains")]
    pub domains: Vec<String>,
    /// Phone numbers.
    #[clarify(kind = "phone_numbers")]
    pub phone_numbers: Vec<String>,
    /// Texts.
    pub texts: Vec<String>,
    /// Votes.
    #[clarify(read_only)]
    pub votes: Option<Decimal>,
}

/// What can be `select` of [`Everything`].
#[derive(Debug, Clone, PartialEq, ClarifySelect)]
pub enum EverythingSelect {
    /// The option `Open`.
    Open,
    /// The option `In Progress`.
    InProgress,
    /// An option that was not known when this was written.
    #[clarify(other)]
    Other(String),
}

/// What can be `needed_select` of [`Everything`].
#[derive(Debug, Clone, PartialEq, ClarifySelect)]
pub enum EverythingNeededSelect {
    /// The option `Open`.
    Open,
    /// The option `In Progress`.
    InProgress,
    /// An option that was not known when this was written.
    #[clarify(other)]
    Other(String),
}

/// What is in `multi_select` of [`Everything`].
#[derive(Debug, Clone, PartialEq, ClarifySelect)]
pub enum EverythingMultiSelect {
    /// The option `Red`.
    Red,
    /// The option `Green`.
    Green,
    /// An option that was not known when this was written.
    #[clarify(other)]
    Other(String),
}

/// What can be `free_select` of [`Everything`].
#[derive(Debug, Clone, PartialEq, ClarifySelect)]
pub enum EverythingFreeSelect {
    /// An option that was not known when this was written.
    #[clarify(other)]
    Other(String),
}

/// Option.
#[derive(Debug, Clone, PartialEq, ClarifyObject)]
#[clarify(object = "c_option")]
pub struct CustomOption {
    /// Title.
    pub title: Option<String>,
}

/// Order.
///
/// Not here, since a name can't hold `-`: `bad-name`.
///
/// Not here, since the API keeps this name for itself: `type`.
#[derive(Debug, Clone, PartialEq, ClarifyObject)]
pub struct Order {
    /// What we and the customer call the order. It begins with the year, and what follows
    /// counts up from one; it is printed on the invoice.
    #[clarify(rename = "orderNumber", unique)]
    pub order_number: String,
    /// Status.
    pub status: Option<OrderStatusOption>,
    /// Match.
    pub r#match: Option<String>,
    /// Self.
    #[clarify(rename = "self")]
    pub self_: Option<String>,
    /// Name.
    #[clarify(rename = "Name")]
    pub name: Option<String>,
    /// Foo bar.
    #[clarify(rename = "fooBar")]
    pub foo_bar2: Option<String>,
    /// Foo bar.
    pub foo_bar: Option<String>,
    /// Company id.
    pub company_id: Option<RecordId<Company>>,
    /// Owner id.
    pub owner_id: Option<RecordId<User>>,
    /// Customer id.
    pub customer_id: Option<RecordId<Customer>>,
    /// Nowhere.
    #[clarify(kind = "to_one")]
    pub nowhere: Option<Value>,
    /// Placed at.
    #[clarify(read_only)]
    pub placed_at: Option<Timestamp>,
    /// A field whose name is as long as names of fields may be which is.
    pub a_field_whose_name_is_as_long_as_names_of_fields_may_be_which_is:
        Option<RecordId<ANameThatIsAsLongAsCanBe>>,
}

/// What can be `status` of [`Order`].
#[derive(Debug, Clone, PartialEq, ClarifySelect)]
pub enum OrderStatusOption {
    /// The option `Draft`.
    Draft,
    /// The option `In Progress`.
    InProgress,
    /// The option `on hold`.
    #[clarify(rename = "on hold")]
    OnHold,
    /// The option `VP`.
    VP,
    /// The option `URL`.
    #[clarify(rename = "URL")]
    Url,
    /// The option `Other`.
    Other,
    /// The option `1-10`.
    #[clarify(rename = "1-10")]
    N1_10,
    /// The option `11-50`.
    #[clarify(rename = "11-50")]
    N11_50,
    /// The option `A+`.
    #[clarify(rename = "A+")]
    APlus,
    /// The option `A-`.
    #[clarify(rename = "A-")]
    AMinus,
    /// The option `done`.
    #[clarify(rename = "done")]
    Done2,
    /// The option `Done`.
    Done,
    /// The option `Größe`.
    #[clarify(rename = "Größe")]
    Grosse,
    /// The option `完了`.
    #[clarify(rename = "完了")]
    WanLiao,
    /// The option `🔥 Hot`.
    #[clarify(rename = "🔥 Hot")]
    FireHot,
    /// The option “say "hi" \\\\ \`x\`”.
    #[clarify(rename = "say \"hi\" \\ `x`")]
    SayHiX,
    /// The option `Self`.
    #[clarify(rename = "Self")]
    Self2,
    /// The option `a text of an option that is so long that its attribute needs a line of its
    /// own, and more`.
    #[clarify(
        rename = "a text of an option that is so long that its attribute needs a line of its own, and more"
    )]
    ATextOfAnOptionThatIsSoLongThatItsAttributeNeedsALineOfItsOwnAndMore,
    /// An option that was not known when this was written.
    #[clarify(other)]
    Unknown(String),
}

/// Order status.
#[derive(Debug, Clone, PartialEq, ClarifyObject)]
pub struct OrderStatus {
    /// Title.
    pub title: Option<String>,
}

/// Person.
#[derive(Debug, Clone, PartialEq, ClarifyObject)]
#[clarify(object = "c_person")]
pub struct CustomPerson {
    /// Order id.
    pub order_id: Option<RecordId<Order>>,
}

/// Company.
///
/// Not here, since links to many are no attributes: `people`.
#[derive(Debug, Clone, PartialEq, ClarifyObject)]
#[clarify(object = "company")]
pub struct Company {
    /// Company name.
    pub name: Option<String>,
    /// Domains.
    #[clarify(unique)]
    pub domains: Vec<String>,
    /// Employee count.
    pub employee_count: Option<Decimal>,
    /// Description.
    pub description: Option<String>,
    /// Location.
    pub location: Option<Value>,
    /// Labels.
    pub labels: Vec<CompanyLabels>,
    /// Segment.
    pub segment: Option<CompanySegment>,
}

/// What is in `labels` of [`Company`].
#[derive(Debug, Clone, PartialEq, ClarifySelect)]
pub enum CompanyLabels {
    /// The option `Customer`.
    Customer,
    /// The option `Key account`.
    #[clarify(rename = "Key account")]
    KeyAccount,
    /// An option that was not known when this was written.
    #[clarify(other)]
    Other(String),
}

/// What can be `segment` of [`Company`].
#[derive(Debug, Clone, PartialEq, ClarifySelect)]
pub enum CompanySegment {
    /// The option `Enterprise`.
    Enterprise,
    /// The option `Mid-market`.
    #[clarify(rename = "Mid-market")]
    MidMarket,
    /// An option that was not known when this was written.
    #[clarify(other)]
    Other(String),
}

/// Someone we know: - a lead, or - a \[contact\] of a \<customer>
#[derive(Debug, Clone, PartialEq, ClarifyObject)]
#[clarify(object = "person")]
pub struct Person {
    /// Name.
    pub name: Option<PersonName>,
    /// Email addresses.
    #[clarify(unique)]
    pub email_addresses: Vec<String>,
    /// Title.
    pub title: Option<String>,
    /// Company id.
    pub company_id: Option<RecordId<Company>>,
}

/// Records of `c_customer`, which has no struct here.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Customer {}

impl LinkTarget for Customer {
    const TARGET: &'static str = "c_customer";
}
