//! The more is emitted, the longer every user's build takes.

use clarify_schema::{Field, Kind, Object, PERSON};
use proc_macro2::TokenStream;
use syn::{DeriveInput, parse_quote};

use super::{formatted, object, object_checked, of_options};

fn assert_small(emitted: TokenStream) {
    let code = formatted(emitted);
    let lines = code.lines().count();
    assert!(lines <= 130, "{lines} lines:\n{code}");
}

fn sales_order() -> DeriveInput {
    parse_quote! {
        pub struct SalesOrder {
            /// The number on the invoice.
            #[clarify(unique)]
            pub order_number: String,
            pub customer_name: Option<String>,
            pub total: Option<f64>,
            #[clarify(kind = "currency")]
            pub discount: Option<f64>,
            pub paid: bool,
            pub ordered_on: Option<jiff::civil::Date>,
            pub status: OrderStatus,
            #[clarify(kind = "email_addresses")]
            pub contact_addresses: Vec<String>,
            pub labels: Vec<Label>,
            pub company_id: Option<RecordId<Company>>,
        }
    }
}

fn person() -> DeriveInput {
    parse_quote! {
        #[clarify(object = "person")]
        pub struct Person {
            pub name: Option<String>,
            #[clarify(unique)]
            pub email_addresses: Vec<String>,
            pub phone_numbers: Vec<String>,
            pub title: Option<String>,
            pub job_title: Option<String>,
            pub company_name: Option<String>,
            pub company_id: Option<RecordId<Company>>,
            pub linkedin: Option<String>,
            pub description: Option<String>,
            pub labels: Vec<String>,
        }
    }
}

#[test]
fn a_struct_of_ten_fields_stays_below_130_lines() {
    assert_small(object(&sales_order()));
}

#[test]
fn so_does_one_of_a_built_in_object() {
    assert_small(object(&person()));
}

#[test]
fn so_do_they_with_a_snapshot() {
    let (status, labels) =
        (Field::new("status", Kind::Select), Field::new("labels", Kind::MultiSelect));
    let fields = vec![
        Field::new("order_number", Kind::Text).required().unique(),
        Field::new("customer_name", Kind::Text),
        Field::new("total", Kind::Number),
        Field::new("discount", Kind::Currency),
        Field::new("paid", Kind::Checkbox).required(),
        Field::new("ordered_on", Kind::Date),
        of_options(status.required(), &["Draft", "Submitted", "Fulfilled"]),
        Field::new("contact_addresses", Kind::EmailAddresses),
        of_options(labels, &["Hot", "Cold"]),
        Field::new("company_id", Kind::ToOne).target("company"),
    ];
    let objects = [Object::named("c_sales_order", fields), PERSON.clone()];
    for item in [sales_order(), person()] {
        let emitted = object_checked(&item, &objects, true);
        assert!(emitted.to_string().contains("include_bytes"), "it is checked");
        assert_small(emitted);
    }
}
