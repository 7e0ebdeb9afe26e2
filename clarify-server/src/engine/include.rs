//! `include=company_id,company_id.people`: which related records a read shows beside its own.

use super::relations::Relation;
use super::{Engine, Fault, Parameter, Served};

/// How many relationships one path may go through.
pub(crate) const DEEPEST: usize = 3;

/// How many paths one read may ask for.
pub(crate) const MAX_PATHS: usize = 50;

/// A relationship that is included, and what of the records it leads to.
#[derive(Debug)]
pub(super) struct Branch {
    /// The name that was asked for, under which it is shown.
    pub(super) name: String,
    pub(super) relation: Relation,
    pub(super) below: Vec<Self>,
}

impl Engine {
    /// What `include` asks for, and everything that is wrong with it. Nothing where there is no such
    /// parameter.
    pub(super) fn includes(
        &self,
        served: &Served,
        parameters: &[Parameter],
    ) -> (Option<Vec<Branch>>, Vec<Fault>) {
        let values = parameters.iter().filter(|parameter| parameter.name == "include");
        let values: Vec<_> = values.map(|parameter| &*parameter.value).collect();
        if values.is_empty() {
            return (None, Vec::new());
        }
        let paths = values.iter().flat_map(|value| value.split(','));
        let paths: Vec<_> = paths.filter(|path| !path.is_empty()).collect();
        let (mut branches, mut faults) = (Vec::new(), Vec::new());
        if paths.len() > MAX_PATHS {
            let found = paths.len();
            let detail = format!("`include`: expected at most {MAX_PATHS} paths, found {found}");
            faults.push(Fault::new(400, detail));
        }
        for path in paths.into_iter().take(MAX_PATHS) {
            faults.extend(self.include(served, &mut branches, path).err());
        }
        (Some(branches), faults)
    }

    fn include(
        &self,
        served: &Served,
        branches: &mut Vec<Branch>,
        path: &str,
    ) -> Result<(), Fault> {
        if path.split('.').count() > DEEPEST {
            let detail = format!("`include`: `{path}` goes through more than {DEEPEST}");
            return Err(Fault::new(400, format!("{detail} relationships")));
        }
        self.grow(served, branches, path, path)
    }

    /// Adds a path to the branches of an object; `whole` is what was asked for.
    fn grow(
        &self,
        served: &Served,
        branches: &mut Vec<Branch>,
        path: &str,
        whole: &str,
    ) -> Result<(), Fault> {
        let (name, rest) = path.split_once('.').map_or((path, None), |(n, rest)| (n, Some(rest)));
        let branch = self.branch(served, branches, name, whole)?;
        let Some(rest) = rest else { return Ok(()) };
        let Some(target) = branch.relation.served.clone() else {
            let detail = format!("`{}` has no records here", branch.relation.target);
            return Err(Fault::new(400, format!("`include`: `{whole}`: {detail}")));
        };
        self.grow(&target, &mut branch.below, rest, whole)
    }

    fn branch<'b>(
        &self,
        served: &Served,
        branches: &'b mut Vec<Branch>,
        name: &str,
        whole: &str,
    ) -> Result<&'b mut Branch, Fault> {
        let place = branches.iter().position(|branch| branch.name == name);
        let place = match place {
            Some(place) => place,
            None => {
                let relation = self.relation(served, name);
                let relation = relation.ok_or_else(|| self.unknown_include(served, name, whole))?;
                branches.push(Branch { name: name.to_owned(), relation, below: Vec::new() });
                branches.len() - 1
            }
        };
        branches.get_mut(place).ok_or_else(|| self.unknown_include(served, name, whole))
    }

    fn unknown_include(&self, served: &Served, name: &str, whole: &str) -> Fault {
        let (object, known) = (&served.object.name, self.relationship_names(served));
        let path = if name == whole { String::new() } else { format!(" in `{whole}`") };
        let detail = format!("unknown include `{name}`{path}: `{object}` has {known}");
        Fault::new(400, format!("`include`: {detail}"))
    }
}
