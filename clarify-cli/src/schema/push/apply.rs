//! The steps of a plan, taken one after the other.

use std::thread;
use std::time::Duration;

use clarify_core::blocking::Wait as _;
use clarify_core::{Client, Error};
use clarify_schema::{Alteration, Side, Step, schema_id};
use serde_json::Value;

use super::account::{Account, Outcome};
use crate::failure::{Exit, Failure};

/// The waits between the tries of a step, and between looks at the workspace: the hosted service may
/// still be at an edit that it has answered.
const WAITS: [u64; 5] = [1, 2, 4, 8, 15];

/// Takes every step. Where one fails, what is done stays, and what is not is told.
pub(super) fn all(
    client: &Client,
    steps: &[Step],
    account: &mut Account<'_>,
) -> Result<(), Failure> {
    for (place, step) in steps.iter().enumerate() {
        if let Err(error) = take(client, step) {
            (place..steps.len()).try_for_each(|place| account.step(place, Outcome::NotDone))?;
            let hint = format!("{}; {}", done(place, steps.len()), mend(step, &error));
            return Err(Failure::from(error).hint(hint));
        }
        account.step(place, Outcome::Done)?;
    }
    Ok(())
}

fn done(count: usize, all: usize) -> String {
    match count {
        0 => "nothing is done".to_owned(),
        1 => format!("1 of {all} steps is done"),
        count => format!("{count} of {all} steps are done"),
    }
}

fn mend(step: &Step, error: &Error) -> &'static str {
    match step {
        Step::Alter { alteration, .. }
            if !alteration.required.is_empty() && error.status() == Some(422) =>
        {
            "give those records a value and the same command goes on, or leave `--require` out"
        }
        _ => "once this is mended, the same command goes on",
    }
}

/// Takes a step. Where the answer says nothing of whether it is taken, or that it was before, the
/// workspace is looked at: a service refuses what is there already, so a step that is not there can be
/// taken again.
fn take(client: &Client, step: &Step) -> Result<(), Error> {
    let mut waits = WAITS.into_iter();
    loop {
        let Err(error) = send(client, step) else { return Ok(()) };
        let may_be_there = error.may_have_written() || error.status() == Some(422);
        if may_be_there && step.is_done(&client.schemas().wait()?) {
            return Ok(());
        }
        match waits.next() {
            Some(seconds) if error.is_transient() || error.may_have_written() => {
                thread::sleep(Duration::from_secs(seconds));
            }
            _ => return Err(error),
        }
    }
}

fn send(client: &Client, step: &Step) -> Result<(), Error> {
    let schemas = client.schemas();
    match step {
        Step::CreateObject(object) => schemas.create(object).wait(),
        Step::AddFields { object, fields } => schemas.add_fields(object, fields).wait(),
        Step::AddRelationship(sides) => {
            let sides = sides.each_ref().map(|Side { object, field, .. }| (&**object, field));
            schemas.add_relationship(sides).wait()
        }
        Step::AddOptions { object, field, options } => {
            schemas.add_options(object, &field.name, options).wait()
        }
        Step::RemoveOptions { object, field, options } => {
            schemas.remove_options(object, &field.name, options).wait()
        }
        Step::RemoveRelationship { object, field } => {
            schemas.remove_relationship(object, &field.name).wait()
        }
        Step::Alter { object, alteration } => alter(client, object, alteration),
        Step::OrderFields { object, fields } => schemas.order_fields(object, fields).wait(),
    }
}

/// The schema as it stands, with the changes: what this version does not know of it stays.
fn alter(client: &Client, object: &str, alteration: &Alteration) -> Result<(), Error> {
    let documents = client.schemas().documents().wait()?;
    let id = schema_id(object);
    let is_meant = |document: &Value| document.get("$id").and_then(Value::as_str) == Some(&id);
    let Some(mut document) = documents.into_iter().find(is_meant) else {
        // Its absence is the service's to tell.
        return client.schemas().replace(object, &Value::Null).wait();
    };
    alteration.apply_to_document(&mut document);
    client.schemas().replace(object, &document).wait()
}

/// Looks whether anything is left to do, more than once.
pub(super) fn verify(
    account: &mut Account<'_>,
    steps_left: impl Fn() -> Result<Vec<Step>, Failure>,
) -> Result<(), Failure> {
    let mut left = steps_left()?;
    for seconds in WAITS {
        if left.is_empty() {
            return Ok(());
        }
        thread::sleep(Duration::from_secs(seconds));
        left = steps_left()?;
    }
    if left.is_empty() {
        return Ok(());
    }
    account.not_seen(left)?;
    Err(Failure::new("the service took every step, and does not show all of it")
        .hint("it may still be at it: the same command tells later")
        .exit(Exit::Uncertain))
}
