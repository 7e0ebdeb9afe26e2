//! What a push says, to people while it goes on, to programs and to GitHub once it is over.

use std::io::{self, Write as _};

use clarify_schema::{Change, Effect, Plan, Step};
use serde_json::{Value, json};

use super::super::report::{self, Finding, Form};
use super::counted;
use crate::output::text;

/// What became of a step.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Planned,
    Done,
    NotDone,
}

impl Outcome {
    fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Done => "done",
            Self::NotDone => "not done",
        }
    }
}

/// The plan of a push, and what became of it.
pub(super) struct Account<'p> {
    form: Form,
    plan: &'p Plan,
    outcomes: Vec<Outcome>,
    not_seen: Vec<Step>,
}

impl<'p> Account<'p> {
    pub(super) fn new(form: Form, plan: &'p Plan) -> Self {
        let outcomes = vec![Outcome::Planned; plan.steps.len()];
        Self { form, plan, outcomes, not_seen: Vec::new() }
    }

    /// Shows people the plan.
    pub(super) fn open(&self) -> io::Result<()> {
        if self.form != Form::Text {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        for line in self.plan.steps.iter().flat_map(Step::lines) {
            writeln!(out, "{}", text::plain(&line.to_string()))?;
        }
        for difference in self.plan.left.iter().filter(|left| left.effect > Effect::Harmless) {
            let line = format!("! {difference} ({})", difference.effect);
            writeln!(out, "{}", text::plain(&line))?;
        }
        match self.unknown_fields() {
            0 => {}
            1 => writeln!(out, "1 field of the workspace is not known here, and stays")?,
            more => writeln!(out, "{more} fields of the workspace are not known here, and stay")?,
        }
        match self.plan.steps.len() {
            0 => writeln!(out, "nothing to do")?,
            count => writeln!(out, "{}", counted(count))?,
        }
        out.flush()
    }

    fn unknown_fields(&self) -> usize {
        let is_more = |change: &Change| matches!(change, Change::NewField { .. });
        self.plan.left.iter().filter(|left| is_more(&left.change)).count()
    }

    /// Notes what became of the step at a place.
    pub(super) fn step(&mut self, place: usize, outcome: Outcome) -> io::Result<()> {
        if let Some(noted) = self.outcomes.get_mut(place) {
            *noted = outcome;
        }
        self.plan.steps.get(place).map_or(Ok(()), |step| self.tell(outcome.name(), step))
    }

    /// Notes what is still to do after all steps, by a look at the workspace.
    pub(super) fn not_seen(&mut self, steps: Vec<Step>) -> io::Result<()> {
        steps.iter().try_for_each(|step| self.tell("not seen", step))?;
        self.not_seen = steps;
        Ok(())
    }

    fn tell(&self, what: &str, step: &Step) -> io::Result<()> {
        if self.form != Form::Text {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        for line in step.lines() {
            writeln!(out, "{what}: {}", text::plain(&line.to_string()))?;
        }
        out.flush()
    }

    /// Ends what people were told, or tells programs and GitHub all of it.
    pub(super) fn close(&self) -> io::Result<()> {
        match self.form {
            Form::Text if self.is_whole() => self.sum_up(),
            Form::Text => Ok(()),
            Form::Json => self.tell_programs(),
            Form::Github => report::tell(Form::Github, &self.left(), false),
        }
    }

    /// Whether there were steps, and the workspace shows them all.
    fn is_whole(&self) -> bool {
        let is_done = self.outcomes.iter().all(|outcome| *outcome == Outcome::Done);
        !self.outcomes.is_empty() && is_done && self.not_seen.is_empty()
    }

    fn sum_up(&self) -> io::Result<()> {
        let has_it_all = self.plan.left.iter().all(|left| !left.effect.breaks());
        let line = if has_it_all { "the workspace has it all" } else { "every step is taken" };
        writeln!(io::stdout(), "{line}")
    }

    fn tell_programs(&self) -> io::Result<()> {
        let steps = self.plan.steps.iter().zip(&self.outcomes);
        let step = |(step, outcome): (&Step, &Outcome)| {
            let outcome = outcome.name().replace(' ', "_");
            json!({ "object": step.object(), "lines": lines(step), "outcome": outcome })
        };
        let document = json!({
            "steps": steps.map(step).collect::<Vec<_>>(),
            "left": self.left().iter().map(report::as_json).collect::<Vec<_>>(),
            "not_seen": self.not_seen.iter().flat_map(lines).collect::<Vec<_>>(),
        });
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, &document)?;
        writeln!(out)
    }

    fn left(&self) -> Vec<Finding> {
        let finding = |difference| Finding { difference, place: None };
        self.plan.left.iter().cloned().map(finding).collect()
    }
}

fn lines(step: &Step) -> Vec<Value> {
    step.lines().iter().map(|line| line.to_string().into()).collect()
}
