//! The more is emitted, the longer every user's build takes.

use syn::{DeriveInput, parse_quote};

use super::{formatted, object};

fn assert_small(item: &DeriveInput) {
    let code = formatted(object(item));
    let lines = code.lines().count();
    assert!(lines <= 130, "{lines} lines:\n{code}");
}

#[test]
fn a_struct_of_ten_fields_stays_below_130_lines() {
    assert_small(&parse_quote! {
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
    });
}

#[test]
fn so_does_one_of_a_built_in_object() {
    assert_small(&parse_quote! {
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
    });
}
