//! From the arguments to a plan that can be carried out.

use std::collections::HashMap;
use std::path::PathBuf;

use clarify_core::Client;
use clarify_core::request::Endpoint;
use clarify_schema::Object;
use jiff::tz::TimeZone;

use super::asked::Asked;
use super::journal::{Head, Journal, Step};
use super::link::{Lookup, Wanted};
use super::mapping::Target;
use super::plan::{Converter, Plan};
use super::read::Source;
use super::survey::Survey;
use super::{Arguments, decide, show};
use crate::connection::Connection;
use crate::failure::Failure;
use crate::workspace::unknown_object;

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

/// Looks at the file and at the workspace, shows what is planned, and lets the user agree.
pub(super) async fn prepare(
    arguments: &Arguments,
    connection: &Connection,
    client: &Client,
) -> Result<Option<Prepared>, Failure> {
    let asked = Asked::of(arguments)?;
    let source = Source::open(&asked.input, &asked.options(arguments))?;
    let objects = client.schemas().await?;
    let object = find(&objects, &asked.object)?;
    let Some((plan, rows)) = plan(arguments, &asked, &source, (object, &objects))? else {
        return Ok(None);
    };
    let zone = TimeZone::get(&plan.time_zone).map_err(|_| {
        Failure::usage(format!("`{}` is no time zone that this machine knows", plan.time_zone))
    })?;
    let lookups = lookups(client, &objects, &plan).await?;
    let converter = Converter::new(&plan, object, &zone, &lookups);
    let (input, object) = (asked.input.clone(), object.clone());
    let (journal, head, step) = asked.begin(arguments, &source, address(connection)?, &plan)?;
    Ok(Some(Prepared { source, input, object, plan, converter, rows, journal, head, step }))
}

fn find<'o>(objects: &'o [Object], name: &str) -> Result<&'o Object, Failure> {
    let found = objects.iter().find(|object| object.name == name);
    found.ok_or_else(|| unknown_object(objects, name))
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
    (object, objects): (&Object, &[Object]),
) -> Result<Option<(Plan, u64)>, Failure> {
    if let Some(head) = asked.known().filter(|_| arguments.running.resume.is_some()) {
        let count = source.rows()?.count();
        return Ok(Some((head.plan.clone(), u64::try_from(count).unwrap_or(u64::MAX))));
    }
    let mapping = decide::mapping(arguments, object)?;
    let targets = mapping.targets(object, &source.columns)?;
    let survey = Survey::of(source, &targets, &arguments.values.null)?;
    let plan = decide::plan(arguments, &mapping, source, (object, objects), &targets, &survey)?;
    let is_known = asked.known().is_some_and(|head| head.plan == plan && head.hash == source.hash);
    let is_resumed = is_known && !arguments.running.restart;
    show::plan(&asked.input, source, object, &plan, &targets, &survey);
    if let Some(path) = &arguments.mapping.save_mapping {
        show::saved(&mapping, &plan).write(path)?;
        eprintln!("the mapping is in `{}`; `--mapping` uses it", path.display());
        return Ok(None);
    }
    agree(arguments, &targets, &source.columns, is_resumed)?;
    Ok(Some((plan, survey.rows)))
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
