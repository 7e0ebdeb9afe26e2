//! Where an object's relationships lead.

use std::sync::Arc;

use clarify_schema::{Field, Kind};

use super::objects::Objects;
use super::{Engine, Fault, Served};
use crate::store::LinkField;

/// A relationship of an object.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    /// The field, as the schema names it.
    pub(super) field: String,
    /// The object that it leads to.
    pub(super) target: String,
    /// The same, where the workspace has records of it: of `user` it has none.
    pub(super) served: Option<Arc<Served>>,
    pub(super) way: Way,
}

/// How the records at its end are found.
#[derive(Clone, Debug)]
pub(super) enum Way {
    /// The record's own attribute names it.
    ToOne,
    /// They are the records whose to-one link of this field names the record.
    Children(LinkField),
    /// They are paired with the record.
    Pairs {
        /// The pairs, seen from the record.
        there: LinkField,
        /// The same, seen from the others.
        back: LinkField,
    },
}

/// What a record's deletion takes apart.
pub(super) struct Ties {
    /// The to-one links that lead to its object, and the objects that have them.
    pub(super) incoming: Vec<(Arc<Served>, LinkField)>,
    /// The pairs of its object, from its side and from the others'.
    pub(super) pairs: Vec<(LinkField, LinkField)>,
}

impl Objects {
    fn relation(&self, served: &Served, field: &Field) -> Option<Relation> {
        let target = field.target.as_deref()?;
        let found = self.find(target);
        let way = match (field.kind, &found) {
            (Kind::ToOne, _) => Way::ToOne,
            (Kind::ToMany, Some(found)) => many(served, field, found)?,
            _ => return None,
        };
        let (field, target) = (field.name.to_string(), target.to_owned());
        Some(Relation { field, target, served: found, way })
    }

    /// Every relationship of an object, in the order of its fields.
    pub(super) fn relations(&self, served: &Served) -> Vec<Relation> {
        served.object.fields.iter().filter_map(|field| self.relation(served, field)).collect()
    }

    pub(super) fn ties(&self, served: &Served) -> Ties {
        let links = |source: &Arc<Served>| {
            let leads_here = |field: &&Field| {
                field.kind == Kind::ToOne && field.target.as_ref() == Some(&served.object.name)
            };
            let fields = source.object.fields.iter().filter(leads_here);
            let ties = fields.map(|field| (Arc::clone(source), links_of(source, &field.name)));
            ties.collect::<Vec<_>>()
        };
        let pairs = self.relations(served).into_iter().filter_map(|relation| match relation.way {
            Way::Pairs { there, back } => Some((there, back)),
            _ => None,
        });
        Ties { incoming: self.all().iter().flat_map(links).collect(), pairs: pairs.collect() }
    }
}

/// How a to-many field leads to its target: the field of the target that says so may be left out
/// where only one can be meant.
fn many(served: &Served, field: &Field, target: &Served) -> Option<Way> {
    let kind = if field.many_to_many { Kind::ToMany } else { Kind::ToOne };
    let leads_back =
        |other: &&Field| other.kind == kind && other.target.as_ref() == Some(&served.object.name);
    let mut candidates = target.object.fields.iter().filter(leads_back);
    let back = match &field.inverse {
        Some(name) => candidates.find(|other| other.name == *name)?,
        None => candidates.next().filter(|_| candidates.next().is_none())?,
    };
    let back = links_of(target, &back.name);
    if field.many_to_many {
        return Some(Way::Pairs { there: links_of(served, &field.name), back });
    }
    Some(Way::Children(back))
}

/// The links of one of an object's fields.
pub(super) fn links_of(served: &Served, field: &str) -> LinkField {
    LinkField { object: served.key, field: field.to_owned() }
}

impl Engine {
    /// The relationship of this name: a field of the schema, `company` for the field `company_id`,
    /// or, where the contract has such names, the plural of the object that one link alone leads to.
    pub(super) fn relation(&self, served: &Served, name: &str) -> Option<Relation> {
        let mut relations = self.objects.relations(served);
        let named = |name: &str| relations.iter().position(|relation| relation.field == name);
        let place = named(name).or_else(|| named(&format!("{name}_id")));
        let place = place.or_else(|| self.by_plural(&relations, name))?;
        Some(relations.swap_remove(place))
    }

    fn by_plural(&self, relations: &[Relation], name: &str) -> Option<usize> {
        let is_named = |relation: &Relation| plural(relation).as_deref() == Some(name);
        let mut named = (0..).zip(relations).filter(|(_, relation)| is_named(relation));
        let (place, _) = named.next().filter(|_| self.contract.includes_by_plural)?;
        named.next().is_none().then_some(place)
    }

    /// The relationship of this name in a path.
    pub(super) fn relation_of(&self, served: &Served, name: &str) -> Result<Relation, Fault> {
        self.relation(served, name).ok_or_else(|| {
            let object = &served.object.name;
            let known = self.relationship_names(served);
            Fault::new(404, format!("`{object}` has no relationship `{name}`; it has {known}"))
        })
    }

    /// The names of an object's relationships, for messages.
    pub(super) fn relationship_names(&self, served: &Served) -> String {
        let relations = self.objects.relations(served);
        let names = relations.iter().map(|relation| format!("`{}`", relation.field));
        let names = names.collect::<Vec<_>>().join(", ");
        if names.is_empty() { "none".to_owned() } else { names }
    }
}

/// What several records at the end of a to-one link are called: `companies`.
fn plural(relation: &Relation) -> Option<String> {
    let served = relation.served.as_ref().filter(|_| matches!(relation.way, Way::ToOne))?;
    served.object.plural.as_deref().map(|plural| plural.to_lowercase().replace(' ', "_"))
}
