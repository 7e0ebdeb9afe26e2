//! From the arguments to a plan that can be carried out.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clarify_core::Client;
use clarify_core::request::Endpoint;
use clarify_schema::{Kind, Object};
use jiff::tz::TimeZone;

use super::Arguments;
use super::journal::{Head, Journal, Step};
use super::link::{Lookup, Wanted};
use super::mapping::{Mapping, Target};
use super::plan::{Column, Converter, Plan};
use super::read::{Options, Source};
use super::refused::beside;
use super::show;
use super::survey::{Seen, Survey};
use super::value::date;
use crate::connection::Connection;
use crate::failure::Failure;

/// All that an import needs.
pub(super) struct Prepared {
    pub(super) source: Source,
    /// Where the input is, as the user names it.
    pub(super) input: PathBuf,
    pub(super) object: Object,
    pub(super) plan: Plan,
    pub(super) converter: Converter,
    pub(super) rows: u64,
    /// Nothing for the standard input, which can't be read another time, and for dry runs.
    pub(super) journal: Option<Journal>,
    pub(super) head: Head,
    /// Where an earlier run stood.
    pub(super) step: Step,
}

/// What is asked for: by the arguments, or by the journal of an earlier run.
struct Asked {
    object: String,
    input: PathBuf,
    journal: Option<(Journal, Option<(Head, Step)>)>,
}

impl Asked {
    fn of(arguments: &Arguments) -> Result<Self, Failure> {
        let running = &arguments.running;
        if let Some(path) = &running.resume {
            if !path.exists() {
                return Err(Failure::file(path, "there is no such journal"));
            }
            let (journal, found) = Journal::open(path)?;
            let (head, step) =
                found.ok_or_else(|| Failure::file(path, "there is no import in this journal"))?;
            let (object, input) = (head.plan.object.clone(), head.input.clone());
            return Ok(Self { object, input, journal: Some((journal, Some((head, step)))) });
        }
        let (Some(object), Some(input)) = (&arguments.object, &arguments.file) else {
            return Err(Failure::usage("an object and a file are needed"));
        };
        Ok(Self { object: object.clone(), input: input.clone(), journal: None })
    }

    /// Opens the journal, where there is to be one.
    fn open_journal(&mut self, arguments: &Arguments, source: &Source) -> Result<(), Failure> {
        let is_kept = source.stays() && !arguments.dry_run && self.journal.is_none();
        if is_kept {
            let path = arguments.running.journal.clone();
            self.journal = Some(Journal::open(&path.unwrap_or_else(|| journal_of(&self.input)))?);
        }
        Ok(())
    }
}

fn journal_of(input: &Path) -> PathBuf {
    let mut name = input.file_name().unwrap_or_default().to_owned();
    name.push(".clarify-journal");
    input.with_file_name(name)
}

/// Looks at the file and at the workspace, shows what is planned, and lets the user agree.
pub(super) async fn prepare(
    arguments: &Arguments,
    connection: &Connection,
    client: &Client,
) -> Result<Option<Prepared>, Failure> {
    let mut asked = Asked::of(arguments)?;
    let options = options(arguments, &asked);
    let source = Source::open(&asked.input, &options)?;
    asked.open_journal(arguments, &source)?;
    let objects = client.schemas().await?;
    let object = find(&objects, &asked.object)?;
    let Some((plan, rows)) = plan(arguments, &asked, &source, object)? else { return Ok(None) };
    let zone = TimeZone::get(&plan.time_zone).map_err(|_| {
        Failure::usage(format!("`{}` is no time zone that this machine knows", plan.time_zone))
    })?;
    let lookups = lookups(client, &objects, &plan).await?;
    let converter = Converter::new(&plan, object, &zone, &lookups);
    let workspace = address(connection)?;
    let head = head(arguments, &asked.input, &source, &workspace, &plan);
    let (journal, head, step) = match asked.journal {
        None => (None, head, Step::default()),
        Some((journal, found)) => {
            let settled = settle(journal, found, head, arguments.running.restart)?;
            (Some(settled.0), settled.1, settled.2)
        }
    };
    let (input, object) = (asked.input, object.clone());
    Ok(Some(Prepared { source, input, object, plan, converter, rows, journal, head, step }))
}

/// An import that goes on reads as it did before.
fn options(arguments: &Arguments, asked: &Asked) -> Options {
    let Some((_, Some((head, _)))) = &asked.journal else { return arguments.reading.options() };
    let reading = &head.plan.reading;
    let layout = reading.layout.as_ref();
    Options {
        format: Some(layout.map_or(super::read::Format::Json, |_| super::read::Format::Csv)),
        encoding: Some(reading.encoding.clone()),
        delimiter: layout.map(|layout| layout.delimiter),
        never_rejoins: layout.is_some_and(|layout| !layout.rejoins),
    }
}

fn find<'o>(objects: &'o [Object], name: &str) -> Result<&'o Object, Failure> {
    let found = objects.iter().find(|object| object.name == name);
    found.ok_or_else(|| crate::workspace::unknown_object(objects, name))
}

fn address(connection: &Connection) -> Result<String, Failure> {
    let endpoint = Endpoint::new(&connection.base_url.value, &connection.workspace.value)?;
    Ok(format!("{}{}", endpoint.origin(), endpoint.path()))
}

/// The plan, and how many rows there are; nothing, where that was all that was asked for.
fn plan(
    arguments: &Arguments,
    asked: &Asked,
    source: &Source,
    object: &Object,
) -> Result<Option<(Plan, u64)>, Failure> {
    let known = asked.journal.as_ref().and_then(|(_, found)| found.as_ref());
    if let Some((head, _)) = known.filter(|_| arguments.running.resume.is_some()) {
        let count = source.rows()?.count();
        return Ok(Some((head.plan.clone(), u64::try_from(count).unwrap_or(u64::MAX))));
    }
    let mapping = mapping(arguments, object)?;
    let targets = mapping.targets(object, &source.columns)?;
    let survey = Survey::of(source, &targets, &arguments.values.null)?;
    let plan = make(arguments, &mapping, source, object, &targets, &survey)?;
    let is_same = known.is_some_and(|(head, _)| head.plan == plan && head.hash == source.hash);
    let is_resumed = is_same && !arguments.running.restart;
    show::plan(&asked.input, source, object, &plan, &targets, &survey);
    if let Some(path) = &arguments.mapping.save_mapping {
        show::saved(&mapping, &plan).write(path)?;
        eprintln!("the mapping is in `{}`; `--mapping` uses it", path.display());
        return Ok(None);
    }
    agree(arguments, &targets, &source.columns, is_resumed)?;
    Ok(Some((plan, survey.rows)))
}

/// What the file of a mapping says, and what flags say in place of it.
fn mapping(arguments: &Arguments, object: &Object) -> Result<Mapping, Failure> {
    let file = arguments.mapping.mapping.as_deref();
    let mut mapping = file.map(Mapping::read).transpose()?.unwrap_or_default();
    if let Some(other) = mapping.object.as_ref().filter(|name| **name != object.name) {
        return Err(Failure::usage(format!("the mapping is for `{other}`, not `{}`", object.name)));
    }
    for said in &arguments.mapping.map {
        mapping.add(said)?;
    }
    for Wanted { field, object, by } in &arguments.mapping.link {
        mapping.links.insert(field.clone(), format!("{object}.{by}"));
    }
    check_links(&mapping, object)?;
    Ok(mapping)
}

fn check_links(mapping: &Mapping, object: &Object) -> Result<(), Failure> {
    for Wanted { field, object: leads_to, .. } in mapping.links()? {
        let known = object.field(&field);
        let known = known.ok_or_else(|| crate::workspace::unknown_field(object, &field))?;
        let wrong = |why: String| Err(Failure::usage(format!("`--link {field}=…`: {why}")));
        if known.kind != Kind::ToOne {
            return wrong(format!("`{field}` is no link to one record"));
        }
        if let Some(target) = known.target.as_ref().filter(|target| **target != leads_to) {
            return wrong(format!("`{field}` leads to `{target}`, not `{leads_to}`"));
        }
    }
    Ok(())
}

fn make(
    arguments: &Arguments,
    mapping: &Mapping,
    source: &Source,
    object: &Object,
    targets: &[Target],
    survey: &Survey,
) -> Result<Plan, Failure> {
    let links = mapping.links()?;
    let columns = source.columns.iter().zip(targets).zip(&survey.columns);
    let columns = columns
        .map(|((name, target), seen)| column(arguments, mapping, name, target, seen, &links));
    let given = &arguments.values.null;
    Ok(Plan {
        object: object.name.to_string(),
        reading: source.reading.clone(),
        columns: columns.collect::<Result<_, _>>()?,
        nulls: if given.is_empty() { survey.nulls() } else { given.clone() },
        separator: arguments.values.separator.clone(),
        time_zone: arguments.values.time_zone.clone(),
        clears: arguments.values.clear_empty,
    })
}

fn column(
    arguments: &Arguments,
    mapping: &Mapping,
    name: &str,
    target: &Target,
    seen: &Seen,
    links: &[Wanted],
) -> Result<Column, Failure> {
    let mut column = Column { name: name.to_owned(), ..Column::default() };
    let Target::Field(field) = target else { return Ok(column) };
    column.field = Some(field.name.to_string());
    column.link = links.iter().find(|link| link.field == field.name).cloned();
    match field.kind {
        Kind::Number | Kind::Currency => {
            let said = of_field(&arguments.values.decimal, &field.name).copied();
            let said = match (said, mapping.decimals.get(&*field.name)) {
                (None, Some(word)) if word == "comma" => Some(super::value::number::Mark::Comma),
                (None, Some(_)) => Some(super::value::number::Mark::Point),
                (said, _) => said,
            };
            let mark = said.map_or_else(|| seen.numbers.mark(), Ok);
            column.mark = mark.map_err(|number| {
                in_doubt(
                    name,
                    &number,
                    "a thousand or a fraction",
                    &format!("--decimal {}=point", field.name),
                )
            })?;
        }
        Kind::Date | Kind::DateTime => {
            let said = of_field(&arguments.values.date_format, &field.name);
            let said = said.or_else(|| mapping.dates.get(&*field.name));
            let form = said.map_or_else(|| seen.dates.form(), |form| Ok(date::Form::given(form)));
            column.form = form.map_err(|day| {
                in_doubt(
                    name,
                    &day,
                    "a day in either of two months",
                    &format!("--date-format {}=DD/MM/YYYY", field.name),
                )
            })?;
        }
        Kind::Checkbox => column.empty_is_false = seen.is_ticked(),
        _ => {}
    }
    Ok(column)
}

/// What is said of a field; else, what is said of all.
fn of_field<'s, V>(said: &'s [(Option<String>, V)], field: &str) -> Option<&'s V> {
    let own = said.iter().find(|(name, _)| name.as_deref() == Some(field));
    own.or_else(|| said.iter().find(|(name, _)| name.is_none())).map(|(_, value)| value)
}

fn in_doubt(column: &str, value: &str, what: &str, how: &str) -> Failure {
    Failure::usage(format!("column `{column}`: `{value}` may be {what}, and no other cell decides"))
        .hint(format!("say which is meant, as `{how}`"))
}

/// Lets the user agree to what was shown. Nothing is left out that nobody has agreed to.
fn agree(
    arguments: &Arguments,
    targets: &[Target],
    columns: &[String],
    is_resumed: bool,
) -> Result<(), Failure> {
    if arguments.yes || is_resumed {
        return Ok(());
    }
    let is_left = |target: &Target| matches!(target, Target::Unmatched(_));
    let left = columns.iter().zip(targets).filter(|(_, target)| is_left(target));
    let left: Vec<&str> = left.map(|(column, _)| column.as_str()).collect();
    if show::can_ask() && !arguments.dry_run {
        return match show::asks("import it so?")? {
            true => Ok(()),
            false => Err(Failure::new("nothing was sent")),
        };
    }
    match left.first() {
        Some(first) if !arguments.mapping.ignore_unmapped => {
            Err(Failure::usage(format!("no field takes the columns `{}`", left.join("`, `"))).hint(
                format!("`--map {first}=FIELD` says one, `--ignore-unmapped` leaves them out"),
            ))
        }
        _ => Ok(()),
    }
}

async fn lookups(
    client: &Client,
    objects: &[Object],
    plan: &Plan,
) -> Result<Vec<(Wanted, Lookup)>, Failure> {
    let mut lookups = HashMap::new();
    let mut found = Vec::new();
    for wanted in plan.columns.iter().filter_map(|column| column.link.as_ref()) {
        // Two links may be named by the same field of the same object: it is read once.
        let key = (wanted.object.clone(), wanted.by.clone());
        let lookup = match lookups.get(&key) {
            Some(lookup) => Lookup::clone(lookup),
            None => Lookup::read(client, objects, wanted).await?,
        };
        eprintln!("{} values of `{}.{}` are known", lookup.len(), wanted.object, wanted.by);
        lookups.insert(key, lookup.clone());
        found.push((wanted.clone(), lookup));
    }
    Ok(found)
}

fn head(
    arguments: &Arguments,
    input: &Path,
    source: &Source,
    workspace: &str,
    plan: &Plan,
) -> Head {
    let is_json = source.is_json();
    let refused = arguments.running.refused.clone();
    let refused = refused.unwrap_or_else(|| beside(input, "refused", is_json));
    let uncertain = beside(input, "uncertain", is_json);
    let input = std::path::absolute(input).unwrap_or_else(|_| input.to_owned());
    let file = (input, source.size, source.hash.clone());
    Head::new(file, workspace.to_owned(), plan.clone(), (refused, uncertain))
}

/// Begins a journal, or goes on with one that is of the same import.
fn settle(
    mut journal: Journal,
    found: Option<(Head, Step)>,
    head: Head,
    restarts: bool,
) -> Result<(Journal, Head, Step), Failure> {
    let Some((known, step)) = found.filter(|_| !restarts) else {
        journal.begin(&head).map_err(|error| Failure::file(journal.path(), error))?;
        return Ok((journal, head, Step::default()));
    };
    let differs = if (known.size, &known.hash) != (head.size, &head.hash) {
        Some("the file is another one, or has been changed")
    } else if known.workspace != head.workspace {
        Some("it is of another workspace")
    } else if known.plan != head.plan {
        Some("it was begun with other options")
    } else {
        None
    };
    let refuse =
        |why: &str, hint: &str| Err(Failure::file(journal.path(), why.to_owned()).hint(hint));
    match differs {
        Some(why) => refuse(
            &format!("this journal is of an import that has not ended, and {why}"),
            "`--resume` goes on with what was begun, `--restart` begins anew",
        ),
        None if step.is_over => refuse(
            "this file has been imported, and rows that match on nothing would make more records",
            "`--restart` imports it once more",
        ),
        None => Ok((journal, known, step)),
    }
}
