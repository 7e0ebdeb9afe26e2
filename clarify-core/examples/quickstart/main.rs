//! The whole life of records, from Rust structs through the typed client into a real service and
//! back: `cargo run --example quickstart`.
//!
//! The service runs in this program, on a file in a temporary folder. Everything else is as it is
//! against the hosted one.

mod data;
mod model;
mod table;

use std::error::Error;

use clarify_core::{Batch, ClarifyObject, Client, HasUniqueField, Outcome, Patch, Record, Records};
use clarify_server::Server;

use data::CompanyIds;
use model::{Company, OrderStatus, Person, SalesOrder};
use table::{cell, heading};

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Result {
    let folder = tempfile::tempdir()?;
    let service = start_service(&folder)?;
    let clarify = Client::builder(service.workspace())
        .api_key(service.api_key())
        .base_url(service.url())
        .build()?;
    println!("A records service runs at {}", service.url());

    let companies = import_companies(&clarify.records()).await?;
    let people = import(&clarify.records(), data::people(&companies)?).await?;
    let orders = import(&clarify.records(), data::orders(&companies)?).await?;
    get_one(&clarify.records(), &people).await?;
    filter_and_sort(&clarify.records()).await?;
    page_through(&clarify.records()).await?;
    update_and_clear(&clarify.records(), &people).await?;
    submit_drafts(&clarify.records()).await?;
    delete(&clarify.records(), &orders).await?;
    make_mistakes(&clarify.records(), &clarify.records(), &orders).await?;
    Ok(())
}

/// The service learns the fields and the custom object from the structs.
fn start_service(folder: &tempfile::TempDir) -> Result<Server> {
    let service = Server::builder()
        .workspace("acme")
        .data(folder.path().join("acme.db"))
        .register(Company::OBJECT)
        .register(Person::OBJECT)
        .register(SalesOrder::OBJECT)
        .start()?;
    Ok(service)
}

/// Upserts any number of records, 25 to a call, and says what became of them.
async fn import<T>(records: &Records<T>, all: Vec<T>) -> Result<Vec<Record<T>>>
where
    T: ClarifyObject + HasUniqueField,
{
    heading(&format!("Upsert {} × {}", all.len(), T::NAME));
    let (mut saved, mut rows) = (Vec::new(), Vec::new());
    for (number, batch) in (1..).zip(Batch::split(all)) {
        let answered = records.bulk_upsert(&batch).await?;
        let matched = answered.iter().filter(|r| r.outcome == Some(Outcome::Matched)).count();
        let created = answered.len() - matched;
        rows.push([
            number.to_string(),
            batch.len().to_string(),
            created.to_string(),
            matched.to_string(),
        ]);
        saved.extend(answered);
    }
    table::print(["batch", "records", "created", "matched"], rows);
    Ok(saved)
}

/// Companies match on any domain they share: the ones that are listed twice are found again.
async fn import_companies(records: &Records<Company>) -> Result<CompanyIds> {
    let all = data::companies()?;
    let saved = import(records, all.clone()).await?;
    let again = saved.iter().zip(&all).filter(|(r, _)| r.outcome == Some(Outcome::Matched));
    println!("\n  Listed twice, and matched on a domain they share:");
    table::print(
        ["id", "company", "its domains in the second listing"],
        again.map(|(record, company)| {
            [record.id.to_string(), cell(company.name.as_ref()), company.domains.join(" ")]
        }),
    );
    let ids = saved.iter().zip(all).flat_map(|(record, company)| {
        company.domains.into_iter().map(|domain| (domain, record.id.clone()))
    });
    Ok(ids.collect())
}

async fn get_one(records: &Records<Person>, people: &[Record<Person>]) -> Result {
    let Some(first) = people.first() else { return Ok(()) };
    heading("Get one person");
    let person = records.get(first).await?;
    table::print(
        ["id", "name", "title", "created"],
        [[
            person.id.to_string(),
            cell(person.attributes.name),
            cell(person.attributes.title),
            cell(person.created_at),
        ]],
    );
    Ok(())
}

/// `Person::TITLE` knows that it is a text, so it has `contains`, and no `gt`.
async fn filter_and_sort(records: &Records<Person>) -> Result {
    heading("People with VP in their title, by name");
    let page = records
        .list()
        .filter(Person::TITLE.contains("vp"))
        .sort(Person::NAME.asc())
        .limit(8)
        .await?;
    let rows = page.records.into_iter().map(|Record { id, attributes, .. }| {
        [id.to_string(), cell(attributes.name), cell(attributes.title)]
    });
    table::print(["id", "name", "title"], rows);
    println!("  … {} in all", cell(page.total));
    Ok(())
}

async fn page_through(records: &Records<SalesOrder>) -> Result {
    heading("All orders above 10,000, by the page, highest first");
    let mut rows = Vec::new();
    let large = records.list().filter(SalesOrder::TOTAL.ge(10_000));
    let mut next = Some(large.sort(SalesOrder::TOTAL.desc()).limit(10));
    while let Some(list) = next {
        let page = list.await?;
        let totals = || page.records.iter().filter_map(|order| order.attributes.total);
        rows.push([
            page.offset.to_string(),
            page.records.len().to_string(),
            cell(totals().next()),
            cell(totals().next_back()),
        ]);
        next = page.next();
    }
    table::print(["offset", "orders", "from", "down to"], rows);
    Ok(())
}

/// A patch says what is set and what is cleared; everything else stays.
async fn update_and_clear(records: &Records<Person>, people: &[Record<Person>]) -> Result {
    let Some(person) = people.first() else { return Ok(()) };
    heading("Update one field, then clear a collection");
    let show = |what: &str, Record { attributes, .. }: Record<Person>| {
        [what.to_owned(), cell(attributes.title), attributes.phone_numbers.join(" ")]
    };
    let promoted = Patch::new()
        .set(Person::TITLE, "Chief Revenue Officer")
        .set(Person::PHONE_NUMBERS, ["+14155550100", "+14155550101"]);
    let promoted = records.update(person, promoted).await?;
    let quiet = records.update(person, Patch::new().clear(Person::PHONE_NUMBERS)).await?;
    let before = Some(show("before", person.clone()));
    let after = [promoted.map(|now| show("set", now)), quiet.map(|now| show("cleared", now))];
    table::print(
        ["", "title", "phone numbers"],
        before.into_iter().chain(after.into_iter().flatten()),
    );
    Ok(())
}

async fn submit_drafts(records: &Records<SalesOrder>) -> Result {
    heading("Submit the five oldest drafts, in one call");
    let drafts = records
        .list()
        .filter(SalesOrder::STATUS.is(OrderStatus::Draft))
        .sort(SalesOrder::ORDERED_ON.asc())
        .limit(5)
        .await?;
    let submit = || Patch::new().set(SalesOrder::STATUS, OrderStatus::Submitted);
    let changes: Vec<_> = drafts.records.iter().map(|draft| (&draft.id, submit())).collect();
    let submitted = records.bulk_update(&Batch::try_from(changes)?).await?;
    let rows = submitted.into_iter().flatten().map(|Record { id, attributes, .. }| {
        [
            id.to_string(),
            attributes.order_number,
            cell(attributes.ordered_on),
            format!("{:?}", attributes.status),
        ]
    });
    table::print(["id", "order", "ordered on", "status"], rows);
    Ok(())
}

async fn delete(records: &Records<SalesOrder>, orders: &[Record<SalesOrder>]) -> Result {
    heading("Delete one order, then three at once");
    let count = async || records.list().limit(1).await.map(|page| cell(page.total));
    let before = count().await?;
    let [one, rest @ ..] = orders else { return Ok(()) };
    records.delete(one).await?;
    let after_one = count().await?;
    let three: Vec<_> = rest.iter().take(3).map(|order| order.id.clone()).collect();
    records.bulk_delete(&Batch::try_from(three)?).await?;
    table::print(
        ["orders before", "after one", "after three"],
        [[before, after_one, count().await?]],
    );
    Ok(())
}

/// What can't be ruled out when compiling is said in one line, with the record and the field.
async fn make_mistakes(
    people: &Records<Person>,
    orders: &Records<SalesOrder>,
    deleted: &[Record<SalesOrder>],
) -> Result {
    heading("Mistakes, made on purpose");
    let person = |address: &str| Person {
        name: Some("Sam Doe".to_owned()),
        email_addresses: vec![address.to_owned()],
        phone_numbers: Vec::new(),
        title: None,
        company_id: None,
    };
    let batch = Batch::of([person("sam@example.com"), person("sam at example.org")]);
    if let Err(error) = people.bulk_create(&batch).await {
        println!("  A bad record in a batch, and nothing of it is written:\n    {error}");
    }
    let nameless = Person { email_addresses: Vec::new(), ..person("") };
    if let Err(error) = people.upsert(&nameless).await {
        println!("  An upsert with nothing to match on:\n    {error}");
    }
    if let Some(order) = deleted.first()
        && let Err(error) = orders.get(order).await
    {
        println!("  A record that is gone (is_not_found: {}):\n    {error}", error.is_not_found());
    }
    Ok(())
}
