//! A trading company's objects, and three questions to its records.
//!
//! `docs/northwind.md` brings the objects into a workspace and the records after them; then this
//! answers: `cargo run -p clarify-cli --example northwind`.

use clarify_core::{ClarifyObject, ClarifySelect, Client, Decimal, Error, RecordId};
use jiff::civil::Date;

/// Customers and suppliers. They have no domains, so each has a code of its own.
#[derive(Debug, ClarifyObject)]
#[clarify(object = "company")]
struct Company {
    name: Option<String>,
    customer_code: Option<String>,
    supplier_code: Option<String>,
    contact_name: Option<String>,
    contact_title: Option<String>,
    address: Option<String>,
    city: Option<String>,
    region: Option<String>,
    postal_code: Option<String>,
    country: Option<String>,
    phone: Option<String>,
}

/// What is sold.
#[derive(Debug, ClarifyObject)]
struct Product {
    #[clarify(unique)]
    product_number: String,
    product_name: Option<String>,
    supplier_id: Option<RecordId<Company>>,
    category: Option<Category>,
    quantity_per_unit: Option<String>,
    #[clarify(kind = "currency")]
    unit_price: Option<Decimal>,
    units_in_stock: Option<u32>,
    units_on_order: Option<u32>,
    reorder_level: Option<u32>,
    discontinued: Option<bool>,
}

/// The shelves, by the numbers that the files have for them.
#[derive(Debug, ClarifySelect)]
enum Category {
    #[clarify(rename = "1")]
    Beverages,
    #[clarify(rename = "2")]
    Condiments,
    #[clarify(rename = "3")]
    Confections,
    #[clarify(rename = "4")]
    DairyProducts,
    #[clarify(rename = "5")]
    Grains,
    #[clarify(rename = "6")]
    Meat,
    #[clarify(rename = "7")]
    Produce,
    #[clarify(rename = "8")]
    Seafood,
}

/// What was sold to whom.
#[derive(Debug, ClarifyObject)]
struct SalesOrder {
    #[clarify(unique)]
    order_number: String,
    company_id: Option<RecordId<Company>>,
    order_date: Option<Date>,
    required_date: Option<Date>,
    shipped_date: Option<Date>,
    ship_via: Option<Shipper>,
    #[clarify(kind = "currency")]
    freight: Option<Decimal>,
    ship_name: Option<String>,
    ship_address: Option<String>,
    ship_city: Option<String>,
    ship_region: Option<String>,
    ship_postal_code: Option<String>,
    ship_country: Option<String>,
}

/// Who carries it.
#[derive(Debug, ClarifySelect)]
enum Shipper {
    #[clarify(rename = "1")]
    SpeedyExpress,
    #[clarify(rename = "2")]
    UnitedPackage,
    #[clarify(rename = "3")]
    FederalShipping,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let clarify = Client::from_env()?;
    let orders = clarify.records::<SalesOrder>();

    let customer = clarify.records::<Company>().list().filter(Company::CUSTOMER_CODE.is("ALFKI"));
    for company in customer.await?.records {
        let own = orders.list().filter(SalesOrder::COMPANY_ID.is(&company.id)).await?;
        println!("{} orders of {}", own.records.len(), name(&company.attributes.name));
    }

    println!("the ten orders with the most freight:");
    for order in orders.list().sort(SalesOrder::FREIGHT.desc()).limit(10).await?.records {
        let SalesOrder { order_number, freight, ship_name, .. } = order.attributes;
        let freight = freight.map(|freight| freight.to_string()).unwrap_or_default();
        println!("  {order_number} {freight:>8} {}", name(&ship_name));
    }

    println!("out of stock:");
    let products = clarify.records::<Product>();
    for product in products.list().filter(Product::UNITS_IN_STOCK.is(0)).await?.records {
        println!("  {}", name(&product.attributes.product_name));
    }
    Ok(())
}

fn name(name: &Option<String>) -> &str {
    name.as_deref().unwrap_or("nobody")
}
