//! Which column goes to which field.

use std::path::Path;

use clarify_schema::{Field, Kind, Object};
use heck::ToSnakeCase as _;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::link::Wanted;
use super::value::number::Mark;
use crate::failure::Failure;
use crate::workspace::unknown_field;

/// Columns that a file of refused rows has beside those of the input.
pub(crate) const LINE: &str = "_line";
pub(crate) const ITEM: &str = "_item";
pub(crate) const REASON: &str = "_reason";
/// The text of a row that can't be read. It is refused for as long as that is there.
pub(crate) const TEXT: &str = "_text";

/// Where the cells of a column go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Field(Box<Field>),
    /// Nowhere: the user says so.
    Left,
    /// Nowhere: only the service writes it.
    Service,
    /// Nothing says where. A field may have a name that is much the same.
    Unmatched(Option<String>),
}

/// What a file of a mapping says; what `--map`, `--link` and their like say comes before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mapping {
    /// The object that it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) object: Option<String>,
    /// A field for each column; an empty one where the column is left out.
    #[serde(default)]
    pub(crate) columns: IndexMap<String, String>,
    /// `OBJECT.FIELD` for each link that is named so.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub(crate) links: IndexMap<String, String>,
    /// The form of the dates of a field.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub(crate) dates: IndexMap<String, String>,
    /// The decimal mark of a field: `point` or `comma`.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub(crate) decimals: IndexMap<String, Mark>,
}

impl Mapping {
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path).map_err(|error| Failure::file(path, error))?;
        toml::from_str(&text).map_err(|error| Failure::file(path, error.message()).hint(
            "it has `[columns]` with a field for each column: `companyName = \"name\"`, `fax = \"\"`",
        ))
    }

    pub(crate) fn write(&self, path: &Path) -> Result<(), Failure> {
        let text = toml::to_string(self).map_err(|error| Failure::file(path, error))?;
        std::fs::write(path, text).map_err(|error| Failure::file(path, error))
    }

    /// Adds what a flag says: `COLUMN=FIELD`.
    pub(crate) fn add(&mut self, said: &str) -> Result<(), Failure> {
        let (column, field) = said.rsplit_once('=').ok_or_else(|| {
            Failure::usage(format!("`--map {said}`: expected `COLUMN=FIELD`"))
                .hint("`--map COLUMN=` leaves a column out")
        })?;
        self.columns.insert(column.trim().to_owned(), field.trim().to_owned());
        Ok(())
    }

    pub(crate) fn links(&self) -> Result<Vec<Wanted>, Failure> {
        let links = self.links.iter().map(|(field, target)| format!("{field}={target}"));
        let links = links.map(|link| {
            link.parse().map_err(|error: String| Failure::usage(format!("link `{link}`: {error}")))
        });
        links.collect()
    }

    /// Where each column goes: as is said, else as the names say.
    pub(crate) fn targets(
        &self,
        object: &Object,
        columns: &[String],
    ) -> Result<Vec<Target>, Failure> {
        if let Some(unknown) = self.columns.keys().find(|name| !columns.contains(name)) {
            return Err(Failure::usage(format!("there is no column `{unknown}`"))
                .hint(format!("the columns are `{}`", columns.join("`, `"))));
        }
        let mut targets: Vec<Target> = columns
            .iter()
            .map(|column| match self.columns.get(column) {
                Some(field) if field.is_empty() => Ok(Target::Left),
                Some(field) => said(object, column, field),
                None => Ok(guess(object, column)),
            })
            .collect::<Result<_, _>>()?;
        self.guess_links(object, columns, &mut targets);
        self.settle(columns, &mut targets)?;
        match self.links.keys().find(|link| !targets.iter().any(|target| is_field(target, link))) {
            None => Ok(targets),
            Some(link) => {
                Err(Failure::usage(format!("no column goes to `{link}`, which is a link"))
                    .hint(format!("`--map COLUMN={link}` says which one does")))
            }
        }
    }

    /// A column with the name of the field that names a link is the link's.
    fn guess_links(&self, object: &Object, columns: &[String], targets: &mut [Target]) {
        for (field, named_by) in &self.links {
            let is_taken = targets.iter().any(|target| is_field(target, field));
            let by = named_by.split('.').next_back().unwrap_or_default();
            let column = columns.iter().position(|column| plain(column) == plain(by));
            if let (false, Some(place), Some(field)) = (is_taken, column, object.field(field)) {
                let target = targets.get_mut(place);
                target
                    .into_iter()
                    .for_each(|target| *target = Target::Field(Box::new(field.clone())));
            }
        }
    }

    /// Two columns can't go to one field: what is said comes before what is guessed.
    fn settle(&self, columns: &[String], targets: &mut [Target]) -> Result<(), Failure> {
        let mut taken: Vec<(String, usize)> = Vec::new();
        for place in self.by_weight(columns) {
            let Some(Target::Field(field)) = targets.get(place) else { continue };
            let name = field.name.to_string();
            let other = taken.iter().find(|(known, _)| *known == name).map(|(_, place)| *place);
            match other {
                None => taken.push((name, place)),
                Some(other) if self.is_said(columns, place) && self.is_said(columns, other) => {
                    return Err(Failure::usage(format!("two columns go to `{name}`")).hint(
                        "a field takes one column: leave the other out with `--map COLUMN=`",
                    ));
                }
                Some(_) => targets
                    .get_mut(place)
                    .into_iter()
                    .for_each(|target| *target = Target::Unmatched(None)),
            }
        }
        Ok(())
    }

    /// The places of the columns, those first of which something is said.
    fn by_weight(&self, columns: &[String]) -> Vec<usize> {
        let mut places: Vec<usize> = (0..columns.len()).collect();
        places.sort_by_key(|place| !self.is_said(columns, *place));
        places
    }

    fn is_said(&self, columns: &[String], place: usize) -> bool {
        columns.get(place).is_some_and(|column| self.columns.contains_key(column))
    }
}

fn is_field(target: &Target, name: &str) -> bool {
    matches!(target, Target::Field(field) if field.name == name)
}

/// The field that the user names.
fn said(object: &Object, column: &str, name: &str) -> Result<Target, Failure> {
    let wrong = |why: String| Failure::usage(format!("column `{column}`: {why}"));
    let field = object.field(name).ok_or_else(|| unknown_field(object, name))?;
    if field.read_only {
        return Err(wrong(format!("`{name}` is written by the service alone")));
    }
    if field.kind == Kind::ToMany {
        return Err(wrong(format!("`{name}` links to many records: import the other side")));
    }
    Ok(Target::Field(Box::new(field.clone())))
}

/// The field that a column's name says.
fn guess(object: &Object, column: &str) -> Target {
    if is_service(column) {
        return Target::Service;
    }
    let wanted = plain(column);
    let names = |field: &&Field| {
        let title = field.title.as_deref().map(plain);
        plain(&field.name) == wanted || title.is_some_and(|title| title == wanted)
    };
    let open =
        || object.fields.iter().filter(|field| !field.read_only && field.kind != Kind::ToMany);
    let by_name = || open().find(|field| column == field.name).or_else(|| open().find(names));
    let found = by_name().or_else(|| open().find(|field| is_own(object, field, &wanted)));
    match found {
        Some(field) => Target::Field(Box::new(field.clone())),
        None => Target::Unmatched(near(object, column)),
    }
}

/// What the service, or this command, has written beside the values.
fn is_service(column: &str) -> bool {
    column.starts_with('_') || matches!(column, "id" | "type")
}

/// `companyName` is the `name` of a company.
fn is_own(object: &Object, field: &Field, wanted: &str) -> bool {
    let name = object.name.strip_prefix("c_").unwrap_or(&object.name);
    let last = name.rsplit('_').next().unwrap_or(name);
    [name, last].iter().any(|object| format!("{}{}", plain(object), plain(&field.name)) == wanted)
}

/// A name without case, spaces and marks: `customerID` and `Customer id` are the same.
fn plain(name: &str) -> String {
    name.to_snake_case().replace('_', "")
}

fn near(object: &Object, name: &str) -> Option<String> {
    let wanted = name.to_snake_case();
    object.nearest_field_name(&wanted).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use clarify_schema::{COMPANY, PERSON};

    use super::*;

    fn mapping(said: &[&str]) -> Mapping {
        let mut mapping = Mapping::default();
        said.iter().for_each(|said| mapping.add(said).unwrap());
        mapping
    }

    fn targets(object: &Object, said: &[&str], columns: &[&str]) -> Vec<String> {
        let columns: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
        let targets = mapping(said).targets(object, &columns).unwrap();
        targets.iter().map(word).collect()
    }

    fn word(target: &Target) -> String {
        match target {
            Target::Field(field) => field.name.to_string(),
            Target::Left => "-".to_owned(),
            Target::Service => "service".to_owned(),
            Target::Unmatched(near) => format!("?{}", near.as_deref().unwrap_or_default()),
        }
    }

    #[test]
    fn names_are_the_same_without_case_spaces_and_marks() {
        let columns = ["Email Addresses", "companyID", "jobTitle", "NAME", "linked-in", "x"];
        let found = targets(&PERSON, &[], &columns);
        assert_eq!(found, ["email_addresses", "company_id", "job_title", "name", "linkedin", "?"]);
        assert_eq!(
            targets(&COMPANY, &[], &["companyName", "employes_count"]),
            ["name", "?employee_count"]
        );
    }

    #[test]
    fn what_is_said_comes_before_what_is_guessed() {
        let found = targets(&COMPANY, &["Firma=name", "fax="], &["name", "Firma", "fax"]);
        assert_eq!(found, ["?", "name", "-"]);
    }

    #[test]
    fn what_the_service_writes_is_passed_over() {
        let columns = ["id", "_created_at", LINE, REASON, "name"];
        assert_eq!(targets(&COMPANY, &[], &columns)[..4], ["service"; 4]);
    }

    #[test]
    fn mistakes_are_told_with_a_way_out() {
        let columns = ["a".to_owned(), "b".to_owned()];
        let wrong = |said: &[&str]| format!("{:?}", mapping(said).targets(&COMPANY, &columns));
        assert!(wrong(&["c=name"]).contains("there is no column `c`"));
        assert!(wrong(&["a=nam"]).contains("there is `name`"));
        assert!(wrong(&["a=name", "b=name"]).contains("two columns go to `name`"));
    }

    #[test]
    fn a_mapping_is_kept_in_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mapping.toml");
        let mut mapping = mapping(&["Firma=name", "fax="]);
        mapping.links.insert("company_id".to_owned(), "company.code".to_owned());
        mapping.write(&path).unwrap();
        assert_eq!(Mapping::read(&path).unwrap(), mapping);
    }
}
