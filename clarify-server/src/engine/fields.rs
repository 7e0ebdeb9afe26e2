//! Sparse fieldsets: `fields[person]=name,title` says which attributes a read shows.

use clarify_schema::Kind;
use indexmap::{IndexMap, IndexSet};

use super::query::brackets;
use super::{Engine, Fault, Parameter};

/// Which attributes of a record an answer shows.
#[derive(Clone, Copy, Debug)]
pub(super) enum Selection<'s> {
    /// All that it has.
    All,
    /// Of those that it has, the ones of these names.
    Named(&'s IndexSet<String>),
}

impl Selection<'_> {
    pub(super) fn shows(self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Named(names) => names.contains(name),
        }
    }
}

/// The names that a request asks for, by object. What is asked for twice is put together.
#[derive(Clone, Debug, Default)]
pub(super) struct Fieldsets(IndexMap<String, IndexSet<String>>);

impl Fieldsets {
    /// What is shown of an object's records.
    pub(super) fn of(&self, object: &str) -> Selection<'_> {
        self.0.get(object).map_or(Selection::All, Selection::Named)
    }
}

impl Engine {
    /// What a read shows of each object's records, and everything that is wrong with it. Objects
    /// that are not read are checked too, so that no misspelling passes.
    pub(super) fn fieldsets(&self, parameters: &[Parameter]) -> (Fieldsets, Vec<Fault>) {
        let (sets, mut faults) = read(parameters);
        let wrong = sets.0.iter().filter_map(|(object, names)| self.fieldset_fault(object, names));
        faults.extend(wrong);
        (sets, faults)
    }

    /// One fault for all names that are wrong, as each tells every name that is good.
    fn fieldset_fault(&self, object: &str, names: &IndexSet<String>) -> Option<Fault> {
        let refused = |detail| Some(Fault::new(400, format!("`fields[{object}]`: {detail}")));
        let Some(served) = self.objects.find(object) else {
            return refused(format!("there is no object `{object}` in this workspace"));
        };
        let attributes = served.object.fields.iter().filter(|field| field.kind != Kind::ToMany);
        let fields = attributes.map(|field| &*field.name);
        let system = self.contract.system_fields.iter().map(|field| field.name());
        let known: IndexSet<_> = fields.chain(system).collect();
        let names = names.iter().map(String::as_str);
        let unknown: Vec<_> = names.filter(|name| !known.contains(name)).collect();
        if unknown.is_empty() {
            return None;
        }
        let (unknown, known) = (quoted(unknown, " or "), quoted(known, ", "));
        refused(format!("`{object}` has no field {unknown}; it has {known}"))
    }
}

fn quoted<'n>(names: impl IntoIterator<Item = &'n str>, between: &str) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(between)
}

fn read(parameters: &[Parameter]) -> (Fieldsets, Vec<Fault>) {
    let (mut sets, mut faults) = (Fieldsets::default(), Vec::new());
    for Parameter { name, value } in parameters {
        let Some(("fields", keys)) = brackets(name) else { continue };
        match keys.as_deref() {
            Some([object]) => {
                let set = sets.0.entry((*object).to_owned()).or_default();
                set.extend(names(value).map(str::to_owned));
            }
            _ => faults.push(Fault::new(400, format!("`{name}` is not a parameter of a read"))),
        }
    }
    (sets, faults)
}

/// An empty value asks for nothing: it is not one name that is empty.
fn names(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').filter(|_| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Terms;
    use crate::store::{Place, Store};

    /// What `person` shows, its names divided by spaces; or what is wrong.
    fn selected(query: &[(&str, &str)]) -> Result<Option<String>, Vec<String>> {
        let store = Store::open(&Place::Memory, Default::default(), &Default::default()).unwrap();
        let engine = Engine::open(store.into(), "acme", &Terms::DOCUMENTED).unwrap();
        let parameter = |(name, value): &(&str, &str)| Parameter {
            name: (*name).to_owned(),
            value: (*value).to_owned(),
        };
        let parameters: Vec<_> = query.iter().map(parameter).collect();
        let (sets, faults) = engine.fieldsets(&parameters);
        match sets.of("person") {
            _ if !faults.is_empty() => Err(faults.iter().map(Fault::line).collect()),
            Selection::All => Ok(None),
            Selection::Named(names) => {
                Ok(Some(names.iter().map(String::as_str).collect::<Vec<_>>().join(" ")))
            }
        }
    }

    fn shows(query: &[(&str, &str)], expected: Option<&str>) {
        assert_eq!(selected(query), Ok(expected.map(str::to_owned)), "{query:?}");
    }

    #[test]
    fn a_fieldset_names_what_is_shown() {
        shows(&[], None);
        shows(&[("fields", "name"), ("field[person]", "x")], None);
        shows(&[("fields[person]", "title,_created_at,name")], Some("title _created_at name"));
        shows(&[("fields[person]", "")], Some(""));
        shows(&[("fields[company]", "domains")], None);
        shows(&[("fields[company]", "domains"), ("fields[person]", "name")], Some("name"));
    }

    #[test]
    fn repeated_fieldsets_are_put_together() {
        let twice = [("fields[person]", "name,title"), ("fields[person]", "labels,name")];
        shows(&twice, Some("name title labels"));
        shows(&[("fields[person]", "name"), ("fields[person]", "")], Some("name"));
    }

    #[test]
    fn each_object_has_one_fault_for_its_unknown_names() {
        let query = [
            ("fields[person]", "name,nick,Title,nick"),
            ("fields[deal]", "_id"),
            ("fields[person]", " name"),
            ("fields[user]", "name"),
        ];
        let deal = "`name`, `stage`, `amount`, `close_date`, `description`, `owner_id`, \
                    `company_id`, `labels`, `_created_at`, `_updated_at`";
        let faults = selected(&query).unwrap_err();
        assert_eq!(faults.len(), 3);
        let start = "`fields[person]`: `person` has no field `nick` or `Title` or ` name`; it has ";
        assert!(faults[0].starts_with(start), "{faults:?}");
        assert_eq!(faults[1], format!("`fields[deal]`: `deal` has no field `_id`; it has {deal}"));
        assert_eq!(faults[2], "`fields[user]`: there is no object `user` in this workspace");
    }

    #[test]
    fn an_empty_name_among_others_is_unknown() {
        for value in [",", "name,", ",name", "name,,title"] {
            let faults = selected(&[("fields[person]", value)]).unwrap_err();
            let start = "`fields[person]`: `person` has no field ``; it has `name`, ";
            assert!(faults.len() == 1 && faults[0].starts_with(start), "{value}: {faults:?}");
        }
    }

    #[test]
    fn a_malformed_key_is_refused() {
        for key in
            ["fields[", "fields[]", "fields[person", "fields[person]x", "fields[person][name]"]
        {
            let expected = format!("`{key}` is not a parameter of a read");
            assert_eq!(selected(&[(key, "name")]), Err(vec![expected]));
        }
    }
}
