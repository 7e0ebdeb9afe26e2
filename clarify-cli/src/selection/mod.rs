//! Which records are read, in which order, and which of their fields.

mod filter;
mod forms;

use clarify_core::blocking::{Iter as _, Wait as _};
use clarify_core::{Client, Error, JsonField, List, Page, RawAttributes};
use clarify_schema::{Field, Object};
use filter::Filter;
use forms::forms;

use crate::failure::Failure;
use crate::output::{Columns, Form, text};
use crate::workspace;

/// Which records of an object, in which order, and which of their fields.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub(crate) struct Selection {
    /// Only records that meet this condition; may be repeated, and all must hold. `field=value`, in
    /// which the value may also be `>5`, `>=5`, `<5`, `<=5` (numbers, dates), `*x*`, `x*`, `*x` (texts),
    /// `a,b` (selects), `!=x`, `null` or `!null`; or `field[Operator]=value`, as in
    /// `title[Starts with]=VP`; or `field[Is empty]`. Of a collection, `x` is a whole item.
    #[arg(long, value_name = "CONDITION")]
    filter: Vec<Filter>,
    /// Sort by this field, lowest first; `-FIELD` highest first. Without it, in the order of creation.
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true)]
    sort: Option<String>,
    /// Only these fields, divided by commas.
    #[arg(long, value_name = "FIELDS", value_delimiter = ',')]
    fields: Vec<String>,
}

impl Selection {
    /// The records that are meant. The workspace is asked for its schema only where that is needed.
    pub(crate) fn select(
        &self,
        client: &Client,
        object: &str,
        form: Form,
    ) -> Result<Selected, Failure> {
        let list = self.fields_of(workspace::records(client, object)?.list().strict());
        let names = !self.fields.is_empty() || !self.filter.is_empty() || self.sort.is_some();
        if !names && !form.has_columns() {
            return Ok(Selected { columns: Columns::default(), list, filters: Vec::new() });
        }
        let objects = client.schemas().wait()?;
        let object = workspace::object_of(&objects, object)?;
        let filters = self.filters(&objects, object)?;
        let list = self.sorted(object, filtered(list, &filters)?)?;
        Ok(Selected { columns: self.columns(object, form)?, list, filters })
    }

    /// The fields to show.
    fn columns(&self, object: &Object, form: Form) -> Result<Columns, Failure> {
        self.fields.iter().try_for_each(|name| check(object, name))?;
        Ok(match self.fields.as_slice() {
            [] if form.has_columns() => Columns::of(object),
            [] => Columns::default(),
            fields => Columns::chosen(fields.to_vec()),
        })
    }

    fn fields_of(&self, list: List<RawAttributes>) -> List<RawAttributes> {
        if self.fields.is_empty() { list } else { list.fields(&self.fields) }
    }

    fn sorted(
        &self,
        object: &Object,
        list: List<RawAttributes>,
    ) -> Result<List<RawAttributes>, Failure> {
        let Some(sort) = &self.sort else { return Ok(list) };
        let field = sort.strip_prefix('-').unwrap_or(sort);
        check(object, field)?;
        let by = JsonField::new(field.to_owned());
        Ok(list.sort(if sort.starts_with('-') { by.desc() } else { by.asc() }))
    }

    /// The filters, each with its field where that is known.
    fn filters(
        &self,
        objects: &[Object],
        object: &Object,
    ) -> Result<Vec<(Filter, Option<Field>)>, Failure> {
        let with_field = |filter: &Filter| {
            let field = field_at(objects, object, &filter.field)?;
            Ok((filter.clone(), field.cloned()))
        };
        self.filter.iter().map(with_field).collect()
    }
}

fn filtered(
    list: List<RawAttributes>,
    filters: &[(Filter, Option<Field>)],
) -> Result<List<RawAttributes>, Failure> {
    filters
        .iter()
        .try_fold(list, |list, (filter, field)| Ok(list.filter(filter.condition(field.as_ref())?)))
}

/// The records that are meant, and what is shown of them.
pub(crate) struct Selected {
    pub(crate) columns: Columns,
    list: List<RawAttributes>,
    filters: Vec<(Filter, Option<Field>)>,
}

impl Selected {
    /// The pages of the list. The first one has come, so that nothing is written where there is none.
    pub(crate) fn pages(
        &self,
        limit: u64,
        offset: u64,
    ) -> Result<impl Iterator<Item = Result<Page<RawAttributes>, Error>> + use<>, Failure> {
        let mut pages = self.list.clone().limit(limit).offset(offset).pages().iter()?;
        let first = pages.next().transpose().map_err(|error| self.refused(error))?;
        Ok(first.map(Ok).into_iter().chain(pages))
    }

    /// Says how the filter is written that the service does not take.
    fn refused(&self, error: Error) -> Failure {
        let text = error.to_string();
        let is_meant = |filter: &Filter| text.contains(&format!("`filter[{}]", filter.field));
        let refused = self.filters.iter().find(|(filter, _)| is_meant(filter));
        match refused {
            Some((filter, Some(field))) if error.status() == Some(400) => {
                Failure::from(error).hint(forms(&filter.field, field))
            }
            _ => error.into(),
        }
    }

    /// Tells what may not have been meant by the filters, where nothing is found.
    pub(crate) fn doubt(&self, found: u64) {
        let doubts =
            self.filters.iter().filter_map(|(filter, field)| filter.doubt(field.as_ref()?));
        for doubt in doubts.filter(|_| found == 0) {
            eprintln!("{}", text::plain(&format!("nothing is found: {doubt}")));
        }
    }
}

/// The field that a path leads to, through links. Of what leads elsewhere the service knows more.
fn field_at<'o>(
    objects: &'o [Object],
    object: &'o Object,
    path: &str,
) -> Result<Option<&'o Field>, Failure> {
    let Some((link, rest)) = path.split_once('.') else {
        check(object, path)?;
        return Ok(object.field(path));
    };
    let target = object.field(link).and_then(|link| link.target.as_deref());
    match target.and_then(|name| objects.iter().find(|object| object.name == name)) {
        Some(target) => field_at(objects, target, rest),
        None => Ok(None),
    }
}

/// The service's own fields are in no schema.
fn check(object: &Object, name: &str) -> Result<(), Failure> {
    match name.starts_with('_') || name == "id" || object.field(name).is_some() {
        true => Ok(()),
        false => Err(workspace::unknown_field(object, name)),
    }
}
