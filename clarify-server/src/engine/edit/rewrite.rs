//! The records of an object that changes: what goes with a field or an option, and what they must be
//! for the new schema to hold.

use clarify_attributes::{Attributes, Write};
use clarify_schema::{Field, Kind, Object};
use serde_json::{Value, json};

use super::Place;
use super::findings::Findings;
use crate::contract::Terms;
use crate::engine::{Refusal, Served, attributes, unique};
use crate::store::{LinkField, ObjectKey, Record, StoreError, Transaction};

/// How many records are read at once.
const PIECE: usize = 1000;

/// Brings every record of an object into the form that it is to have after a change.
pub(super) fn records(
    transaction: &mut Transaction<'_>,
    before: &Served,
    after: &Object,
    contract: &Terms,
    at: Place<'_>,
) -> Result<(), Refusal> {
    let plan = Plan::new(&before.object, after);
    for field in &plan.forgotten {
        transaction.forget_field(before.key, field)?;
    }
    if !plan.concerns_records() {
        return Ok(());
    }
    let (findings, now) = (Findings::default(), transaction.now());
    let mut rewrite = Rewrite { transaction, key: before.key, plan, contract, now, findings };
    rewrite.every_record()?;
    let unique = after.unique_field().map_or("", |field| &*field.name);
    rewrite.findings.refuse(unique, at)
}

/// What a change means for records.
struct Plan<'s> {
    after: &'s Object,
    /// Fields of which nothing is kept beside the records any more.
    forgotten: Vec<&'s str>,
    /// Fields whose values go.
    gone: Vec<&'s str>,
    /// Selects, each with the options that go.
    cleared: Vec<(&'s Field, Vec<&'s str>)>,
    /// Fields whose values are to be read as a write's, each as the only one of an object.
    reread: Vec<Object>,
    /// Fields of which each record must have a value.
    demanded: Vec<&'s Field>,
    /// Fields that become to-one links: what their values name is to be noted.
    linked: Vec<&'s str>,
    /// Whether the values of the unique field are to be claimed.
    claims: bool,
}

impl<'s> Plan<'s> {
    fn new(before: &'s Object, after: &'s Object) -> Self {
        let mut plan = Self {
            after,
            forgotten: Vec::new(),
            gone: Vec::new(),
            cleared: Vec::new(),
            reread: Vec::new(),
            demanded: Vec::new(),
            linked: Vec::new(),
            claims: false,
        };
        for field in before.fields.iter().filter(|field| after.field(&field.name).is_none()) {
            plan.forgotten.push(&field.name);
            // A to-many link is no attribute.
            plan.gone.extend(Some(&*field.name).filter(|_| field.kind != Kind::ToMany));
        }
        for field in after.fields.iter() {
            plan.add(before.field(&field.name), field);
        }
        plan.add_unique(before);
        plan
    }

    fn add(&mut self, before: Option<&'s Field>, after: &'s Field) {
        let was_required = before.is_some_and(|before| before.required);
        let mut is_demanded = after.required && !after.read_only && !was_required;
        if let Some(before) = before.filter(|before| before.kind != after.kind) {
            self.forgotten.extend((before.kind == Kind::ToOne).then_some(&*before.name));
            self.linked.extend((after.kind == Kind::ToOne).then_some(&*after.name));
        }
        if let Some(before) = before {
            let is_closed = before.options.is_empty() && !after.options.is_empty();
            let is_gone = |option: &&'s str| !after.has_option(option);
            let gone: Vec<_> = before.options.iter().map(|o| &**o).filter(is_gone).collect();
            if before.kind != after.kind || is_closed {
                self.reread.push(alone(after));
            } else if !gone.is_empty() {
                is_demanded |= after.required;
                self.cleared.push((after, gone));
            }
        }
        self.demanded.extend(Some(after).filter(|_| is_demanded));
    }

    fn add_unique(&mut self, before: &'s Object) {
        let what = |field: &Field| (field.name.clone(), field.kind);
        if before.unique_field().map(what) == self.after.unique_field().map(what) {
            return;
        }
        self.forgotten.extend(before.unique_field().map(|field| &*field.name));
        self.claims = self.after.unique_field().is_some();
    }

    const fn concerns_records(&self) -> bool {
        !self.gone.is_empty()
            || !self.cleared.is_empty()
            || !self.reread.is_empty()
            || !self.demanded.is_empty()
            || self.claims
    }
}

/// An object of this field alone, which anyone may write.
fn alone(field: &Field) -> Object {
    let mut field = field.clone();
    field.read_only = false;
    Object::named("", vec![field])
}

struct Rewrite<'a, 'c, 's> {
    transaction: &'a mut Transaction<'c>,
    key: ObjectKey,
    plan: Plan<'s>,
    contract: &'s Terms,
    now: i64,
    findings: Findings,
}

impl Rewrite<'_, '_, '_> {
    fn every_record(&mut self) -> Result<(), StoreError> {
        let mut last = None;
        loop {
            let records = self.transaction.records_after(self.key, last, PIECE)?;
            let Some(record) = records.last() else { return Ok(()) };
            last = Some(record.key);
            for record in records {
                self.record(record)?;
            }
        }
    }

    fn record(&mut self, mut record: Record) -> Result<(), StoreError> {
        let mut attributes = attributes::parse(&record.attributes);
        self.change(&mut attributes, &record.id);
        for field in &self.plan.demanded {
            if attributes.get(&field.name).is_none() {
                self.findings.missing(&field.name, &record.id);
            }
        }
        if self.plan.claims {
            self.claim(&attributes, &record)?;
        }
        for field in &self.plan.linked {
            let links = LinkField { object: self.key, field: (*field).to_owned() };
            if let Some(id) = attributes.get(field).and_then(attributes::link_id) {
                self.transaction.link(&links, &id, record.key)?;
            }
        }
        let after = attributes::render(&attributes);
        if after == record.attributes {
            return Ok(());
        }
        record.attributes = after;
        record.updated_at = self.now.max(record.updated_at);
        self.transaction.update(&record)
    }

    fn change(&mut self, attributes: &mut Attributes<'_>, id: &str) {
        for name in &self.plan.gone {
            attributes.remove(name);
        }
        for (field, options) in &self.plan.cleared {
            if let Some(value) = attributes.get(&field.name) {
                let value = without(value, options);
                attributes.insert(&field.name, &value);
            }
        }
        for object in &self.plan.reread {
            let Some(field) = object.fields.first() else { continue };
            let Some(value) = attributes.get(&field.name) else { continue };
            match read_again(object, field, value, self.contract) {
                Ok(read) => attributes.insert(&field.name, &read),
                Err(why) => self.findings.unfit(&field.name, id, why),
            }
        }
        attributes.retain(|_, value| value != "null");
    }

    fn claim(&mut self, attributes: &Attributes<'_>, record: &Record) -> Result<(), StoreError> {
        for key in unique::keys(self.plan.after, attributes) {
            match self.transaction.holders()?.find(self.key, &key, None)? {
                None => self.transaction.claim(self.key, &key, record.key)?,
                Some(holder) if holder.key == record.key => {}
                Some(holder) => self.findings.shared(&key, &holder.id, &record.id),
            }
        }
        Ok(())
    }
}

/// A select's value, or a multi select's, without these options.
fn without(value: &str, options: &[&str]) -> String {
    let is_gone = |item: &Value| item.as_str().is_some_and(|item| options.contains(&item));
    match serde_json::from_str(value) {
        Ok(item @ Value::String(_)) if is_gone(&item) => "null".to_owned(),
        Ok(Value::Object(members)) => {
            let items = members.get("items").and_then(Value::as_array);
            let kept: Vec<_> = items.into_iter().flatten().filter(|item| !is_gone(item)).collect();
            if kept.is_empty() { "null".to_owned() } else { json!({ "items": kept }).to_string() }
        }
        _ => value.to_owned(),
    }
}

/// What a write of this value would keep, or why it would be refused.
fn read_again(
    object: &Object,
    field: &Field,
    value: &str,
    contract: &Terms,
) -> Result<String, String> {
    let attributes = format!("{{\"{}\":{value}}}", field.name);
    let read = attributes::read(object, &attributes, Write::Update, contract, "");
    let read = read.map_err(|faults| {
        faults.into_iter().map(|fault| fault.detail).next().unwrap_or_default()
    })?;
    Ok(read.get(&field.name).unwrap_or("null").to_owned())
}
