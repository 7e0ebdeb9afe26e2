//! Dotted fields: `filter[person.company_id.name]` looks at the company of a person.

use std::sync::Arc;

use super::query::Filter;
use super::relations::{Way, links_of};
use super::{Engine, Fault, Served};
use crate::store::Hop;

/// How many links one path may go through.
const LONGEST: usize = 3;

/// A field, and the to-one links that lead to the record that has it.
pub(super) struct Path<'f> {
    pub(super) hops: Vec<Hop>,
    pub(super) field: &'f str,
}

impl Engine {
    /// Where a filter's field leads: the object that has it, and how it is reached.
    pub(super) fn path<'f>(
        &self,
        served: &Arc<Served>,
        filter: &Filter<'f>,
    ) -> Result<(Arc<Served>, Path<'f>), Fault> {
        let Some((links, field)) = filter.field.rsplit_once('.') else {
            let path = Path { hops: Vec::new(), field: filter.field };
            return Ok((Arc::clone(served), path));
        };
        let refused = |detail| Fault::new(400, format!("`{}`: {detail}", filter.parameter));
        let links = self.without_own_name(served, links);
        if links.len() > LONGEST {
            return Err(refused(format!("a filter reaches through {LONGEST} links at most")));
        }
        let (mut hops, mut at) = (Vec::new(), Arc::clone(served));
        for link in links {
            let (hop, target) = self.hop(&at, link).map_err(refused)?;
            hops.push(hop);
            at = target;
        }
        Ok((at, Path { hops, field }))
    }

    /// A path may begin with the name of the object that is listed.
    fn without_own_name<'l>(&self, served: &Served, links: &'l str) -> Vec<&'l str> {
        let links: Vec<_> = links.split('.').collect();
        match links.split_first() {
            Some((first, rest))
                if *first == served.object.name && self.relation(served, first).is_none() =>
            {
                rest.to_vec()
            }
            _ => links,
        }
    }

    fn hop(&self, served: &Served, link: &str) -> Result<(Hop, Arc<Served>), String> {
        let object = &served.object.name;
        let Some(relation) = self.relation(served, link) else {
            return Err(format!("`{object}` has no link `{link}`"));
        };
        match (&relation.way, relation.served) {
            (Way::ToOne, Some(target)) => {
                let links = links_of(served, &relation.field);
                Ok((Hop { links, target: target.key }, target))
            }
            (Way::ToOne, None) => Err(format!("`{}` has no records here", relation.target)),
            _ => Err(format!("`{link}` of `{object}` leads to many records")),
        }
    }
}
