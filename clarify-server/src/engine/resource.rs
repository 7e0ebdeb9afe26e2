//! Creates in the form of JSON:API, with links to other records.

use std::iter;
use std::sync::Arc;

use clarify_attributes::Members;

use super::apply::Applier;
use super::body::{self, IdRule, Item};
use super::create::{Created, upsert_all};
use super::envelope::Data;
use super::links::{self, Manner, Reference};
use super::relations::{Relation, Way};
use super::upsert::Upsert;
use super::written::Written;
use super::{Engine, Fault, Refusal, Served, refusal};
use crate::store::{RecordKey, Transaction};

/// The links of a record that is to be created.
type Links = Vec<(Relation, Vec<Reference>)>;

impl Engine {
    /// Creates one record with its links, all or nothing.
    pub(crate) async fn create_resource(
        &self,
        object: Arc<Served>,
        body: &[u8],
    ) -> Result<Created, Refusal> {
        self.with_current(object, |object| self.create_resource_now(object, body)).await
    }

    async fn create_resource_now(
        &self,
        object: Arc<Served>,
        body: &[u8],
    ) -> Result<Created, Refusal> {
        let envelope = body::read_envelope(body)?;
        let asked = self.asked(envelope.match_on, &object);
        let mut reader = body::reader(&object, self.contract, IdRule::Forbidden);
        reader.takes_relationships = true;
        let mut item = body::read_single(&envelope, reader)?;
        let (links, faults) = self.read_links(&object, envelope.data.as_ref());
        item.faults.extend(faults);
        take_to_one(&mut item, &links);
        let written = Written::with_room_for(1, iter::once(&item.attributes));
        let served = Arc::clone(&object);
        let write = move |transaction: &mut Transaction<'_>| {
            for (relation, references) in &links {
                item.faults.extend(links::find(transaction, relation, references)?.1);
            }
            let mut applier = Applier::new(transaction, &served);
            let (upserts, at) = ([Upsert::of(&served, item)], |_| "/data".to_owned());
            let done = upsert_all(&mut applier, &served, &upserts, asked, at)?;
            for (record, _) in &done.0 {
                link(transaction, &served, *record, &links)?;
            }
            done.written(&Applier::new(transaction, &served), written)
        };
        let written = self.write(&object, write).await?;
        Ok(self.created(&object, written))
    }

    /// The links that can be read, and everything that is wrong with the others.
    fn read_links(&self, served: &Served, data: Option<&Data<'_>>) -> (Links, Vec<Fault>) {
        const AT: &str = "/data/relationships";
        let resource = data.and_then(|data| data.record().ok());
        let json = resource.and_then(|resource| resource.relationships);
        let Some(json) = json.filter(|json| *json != "null") else { return Default::default() };
        let Some(members) = Members::of(json) else {
            return (Vec::new(), vec![Fault::invalid(AT, "expected an object")]);
        };
        let (mut found, mut faults) = (Vec::new(), Vec::new());
        let mut members: Vec<_> = members.into_iter().collect();
        members.sort_by(|one, other| one.0.cmp(&other.0));
        for (name, json) in members {
            match self.read_link(served, &name, json, &format!("{AT}/{name}")) {
                Ok((relation, references, wrong)) => {
                    found.push((relation, references));
                    faults.extend(wrong);
                }
                Err(unknown) => faults.push(unknown),
            }
        }
        (found, faults)
    }

    fn read_link(
        &self,
        served: &Served,
        name: &str,
        json: &str,
        at: &str,
    ) -> Result<(Relation, Vec<Reference>, Vec<Fault>), Fault> {
        let relation = self.relation(served, name).ok_or_else(|| {
            let (object, known) = (&served.object.name, self.relationship_names(served));
            let detail = format!("`{object}` has no relationship `{name}`; it has {known}");
            Fault::invalid(at, detail)
        })?;
        let data = Members::of(json).and_then(|members| members.get("data"));
        let (references, faults) = links::read(data, &relation, &format!("{at}/data"));
        Ok((relation, references, faults))
    }
}

/// Makes attributes of the to-one links, as which they are kept.
fn take_to_one(item: &mut Item, links: &Links) {
    for (relation, references) in links.iter().filter(|(to, _)| matches!(to.way, Way::ToOne)) {
        let id = references.first().map(|reference| reference.id.as_str());
        let value = serde_json::Value::from(id).to_string();
        let said = item.attributes.get(&relation.field);
        let is_said_otherwise = said.is_some_and(|said| said != value);
        item.attributes.insert(&relation.field, &value);
        if is_said_otherwise {
            let at = format!("/data/relationships/{}", relation.field);
            item.faults.push(Fault::invalid(at, "the attribute says another link"));
        }
    }
}

fn link(
    transaction: &mut Transaction<'_>,
    served: &Served,
    record: RecordKey,
    links: &Links,
) -> Result<(), Refusal> {
    let write = |(relation, references): &(Relation, Vec<Reference>)| {
        links::write(transaction, served, relation, record, references, Manner::Set)
    };
    // Each is tried, so that everything that is wrong is found.
    links.iter().map(write).fold(Ok(()), refusal::and)
}
