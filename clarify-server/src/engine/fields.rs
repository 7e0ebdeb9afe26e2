//! Sparse fieldsets: `fields[person]=name,title` says which attributes a read shows.

use indexmap::{IndexMap, IndexSet};

use super::query::brackets;
use super::{Engine, Fault, Parameter};

/// Which attributes of a record an answer shows.
#[derive(Debug)]
pub(super) enum Selection<'q> {
    /// All that it has.
    All,
    /// Of those that it has, the ones of these names.
    Named(IndexSet<&'q str>),
}

impl Selection<'_> {
    pub(super) fn shows(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Named(names) => names.contains(name),
        }
    }
}

/// The names that a request asks for, by object. What is asked for twice is put together.
type Fieldsets<'q> = IndexMap<&'q str, IndexSet<&'q str>>;

impl Engine {
    /// What a read of this object's records shows, and everything that is wrong with the
    /// fieldsets. Those of other objects are checked too, so that no misspelling passes.
    pub(super) fn selection<'q>(
        &self,
        object: &str,
        parameters: &'q [Parameter],
    ) -> (Selection<'q>, Vec<Fault>) {
        let (mut sets, mut faults) = read(parameters);
        faults.extend(sets.iter().filter_map(|(object, names)| self.fieldset_fault(object, names)));
        let named = sets.swap_remove(object);
        (named.map_or(Selection::All, Selection::Named), faults)
    }

    /// One fault for all names that are wrong, as each tells every name that is good.
    fn fieldset_fault(&self, object: &str, names: &IndexSet<&str>) -> Option<Fault> {
        let refused = |detail| Some(Fault::new(400, format!("`fields[{object}]`: {detail}")));
        let Some(served) = self.objects.find(object) else {
            return refused(format!("there is no object `{object}` in this workspace"));
        };
        let fields = served.object.fields.iter().map(|field| &*field.name);
        let system = self.contract.system_fields.iter().map(|field| field.name());
        let known: IndexSet<_> = fields.chain(system).collect();
        let unknown: Vec<_> = names.difference(&known).copied().collect();
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

fn read(parameters: &[Parameter]) -> (Fieldsets<'_>, Vec<Fault>) {
    let (mut sets, mut faults) = (Fieldsets::new(), Vec::new());
    for Parameter { name, value } in parameters {
        let Some(("fields", keys)) = brackets(name) else { continue };
        match keys.as_deref() {
            Some([object]) => sets.entry(*object).or_default().extend(names(value)),
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
    use crate::store::Place;

    /// What `person` shows, its names divided by spaces; or what is wrong.
    fn selected(query: &[(&str, &str)]) -> Result<Option<String>, Vec<String>> {
        let engine = Engine::open(&Place::Memory, "acme", &Terms::DOCUMENTED).unwrap();
        let parameter = |(name, value): &(&str, &str)| Parameter {
            name: (*name).to_owned(),
            value: (*value).to_owned(),
        };
        let parameters: Vec<_> = query.iter().map(parameter).collect();
        match engine.selection("person", &parameters) {
            (Selection::All, faults) if faults.is_empty() => Ok(None),
            (Selection::Named(names), faults) if faults.is_empty() => {
                Ok(Some(names.into_iter().collect::<Vec<_>>().join(" ")))
            }
            (_, faults) => Err(faults.iter().map(Fault::line).collect()),
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
