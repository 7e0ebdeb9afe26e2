//! Differences, told to people, to programs, and to GitHub.

use std::cmp::Reverse;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use clarify_schema::{Difference, Effect, Text};
use serde_json::{Value, json};

use crate::output::text;

/// A form that differences are told in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// Lines for people, by object.
    #[default]
    Text,
    /// One JSON document.
    Json,
    /// Annotations of a GitHub workflow. What is harmless is left out.
    Github,
}

/// A difference, and where it is to be seen.
pub(super) struct Finding {
    pub(super) difference: Difference,
    pub(super) place: Option<Place>,
}

/// A line of a file.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) file: PathBuf,
    pub(super) line: Option<usize>,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.file.display())?;
        self.line.map_or(Ok(()), |line| write!(f, ":{line}"))
    }
}

impl Finding {
    fn effect(&self) -> Effect {
        self.difference.effect
    }
}

/// From the one that does most harm.
const EFFECTS: [Effect; 4] =
    [Effect::BreaksReading, Effect::BreaksWriting, Effect::Unclear, Effect::Harmless];

/// Tells of all findings; in text of the harmless ones their number alone, unless they are asked for.
pub(super) fn tell(form: Form, findings: &[Finding], with_harmless: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match form {
        Form::Text => tell_people(&mut out, findings, with_harmless)?,
        Form::Json => tell_programs(&mut out, findings)?,
        Form::Github => tell_github(&mut out, findings)?,
    }
    out.flush()
}

fn tell_people(out: &mut impl Write, findings: &[Finding], with_harmless: bool) -> io::Result<()> {
    let is_told = |finding: &&Finding| with_harmless || finding.effect() > Effect::Harmless;
    let told: Vec<_> = findings.iter().filter(is_told).collect();
    for (object, findings) in by_object(&told) {
        writeln!(out, "{}", text::plain(&object))?;
        for Finding { difference, place } in findings {
            let field = difference.field.as_ref().map(|field| format!("{field}: "));
            let place = place.as_ref().map(|place| format!(" ({place})"));
            let (field, place) = (field.unwrap_or_default(), place.unwrap_or_default());
            let line = text::plain(&format!("{field}{}{place}", difference.change));
            writeln!(out, "  {:<14}  {line}", difference.effect.name())?;
        }
    }
    writeln!(out, "{}", counted(findings, with_harmless))
}

/// The findings of each object, the most serious first, and so the objects.
fn by_object<'f>(findings: &[&'f Finding]) -> Vec<(Text, Vec<&'f Finding>)> {
    let mut objects: Vec<(Text, Vec<&Finding>)> = Vec::new();
    for finding in findings {
        let object = &finding.difference.object;
        match objects.iter_mut().find(|(name, _)| name == object) {
            Some((_, others)) => others.push(finding),
            None => objects.push((object.clone(), vec![finding])),
        }
    }
    for (_, findings) in &mut objects {
        findings.sort_by_key(|finding| Reverse(finding.effect()));
    }
    let worst = |findings: &[&Finding]| findings.iter().map(|f| f.effect()).max();
    objects.sort_by_key(|(_, findings)| Reverse(worst(findings)));
    objects
}

fn counted(findings: &[Finding], with_harmless: bool) -> String {
    if findings.is_empty() {
        return "no differences".to_owned();
    }
    let counts = EFFECTS.map(|effect| match (count(findings, effect), effect) {
        (1, Effect::BreaksReading | Effect::BreaksWriting) => format!("1 {effect}"),
        (count, Effect::BreaksReading) => format!("{count} break reading"),
        (count, Effect::BreaksWriting) => format!("{count} break writing"),
        (count, Effect::Unclear) => format!("{count} can't be told"),
        (count, Effect::Harmless) => format!("{count} harmless"),
    });
    let has_untold = !with_harmless && count(findings, Effect::Harmless) > 0;
    counts.join(", ") + if has_untold { " (`--all` shows them)" } else { "" }
}

fn count(findings: &[Finding], effect: Effect) -> usize {
    findings.iter().filter(|finding| finding.effect() == effect).count()
}

fn tell_programs(out: &mut impl Write, findings: &[Finding]) -> io::Result<()> {
    let counts = EFFECTS.map(|effect| (effect.code().to_owned(), json!(count(findings, effect))));
    let document = json!({
        "differences": findings.iter().map(as_json).collect::<Vec<_>>(),
        "counts": serde_json::Map::from_iter(counts),
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// As programs read it.
pub(super) fn as_json(Finding { difference, place }: &Finding) -> Value {
    let Difference { object, field, change, effect, .. } = difference;
    let file = place.as_ref().map(|place| place.file.display().to_string());
    json!({
        "object": object,
        "field": field,
        "effect": effect.code(),
        "change": change.code(),
        "text": change.to_string(),
        "file": file,
        "line": place.as_ref().and_then(|place| place.line),
    })
}

fn tell_github(out: &mut impl Write, findings: &[Finding]) -> io::Result<()> {
    for Finding { difference, place } in findings {
        let level = match difference.effect {
            Effect::BreaksReading | Effect::BreaksWriting => "error",
            Effect::Unclear => "warning",
            Effect::Harmless => continue,
        };
        let file =
            place.iter().map(|place| format!("file={}", property(&place.file.to_string_lossy())));
        let line = place.iter().filter_map(|place| Some(format!("line={}", place.line?)));
        let title = format!("title={}", property(&format!("Clarify: {}", difference.effect)));
        let properties: Vec<_> = file.chain(line).chain([title]).collect();
        writeln!(out, "::{level} {}::{}", properties.join(","), escaped(&difference.to_string()))?;
    }
    Ok(())
}

/// As a workflow command has its message.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// As a workflow command has a property, which ends at a comma and the properties at a colon.
fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use clarify_schema::{Field, Kind, Object, differences};

    use super::*;

    fn findings() -> Vec<Finding> {
        let mut state = Field::new("state", Kind::Select);
        state.options = vec!["100%\nsure".into()].into();
        let text = |name| Field::new(name, Kind::Text);
        let ours = Object::named("c_a", vec![text("a"), state.clone(), text("gone")]);
        state.options = vec!["New".into()].into();
        let theirs = Object::named("c_a", vec![Field::new("a", Kind::Other), state, text("more")]);
        let place = Place { file: "src/a,b.rs".into(), line: Some(3) };
        let found = differences(&ours, &theirs).into_iter();
        found.map(|difference| Finding { difference, place: Some(place.clone()) }).collect()
    }

    fn told(tell: impl Fn(&mut Vec<u8>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        tell(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn people_see_what_is_worst_first() {
        let expected = "\
c_a
  breaks reading  state: there is also the option `New` (src/a,b.rs:3)
  breaks writing  state: there is no option `100% sure` (src/a,b.rs:3)
  breaks writing  gone: there is no such field (src/a,b.rs:3)
  can't tell      a: it is of the kind `other`, not `text` (src/a,b.rs:3)
1 breaks reading, 2 break writing, 1 can't be told, 1 harmless (`--all` shows them)
";
        assert_eq!(told(|out| tell_people(out, &findings(), false)), expected);
        let all = told(|out| tell_people(out, &findings(), true));
        assert!(all.contains("  harmless        more: a field that is not known here"), "{all}");
        assert_eq!(told(|out| tell_people(out, &[], false)), "no differences\n");
    }

    #[test]
    fn github_reads_commands_that_nothing_in_them_breaks() {
        let commands = told(|out| tell_github(out, &findings()));
        let lines: Vec<_> = commands.lines().collect();
        let at = "file=src/a%2Cb.rs,line=3,title=Clarify%3A";
        let expected = [
            &*format!("::warning {at} can't tell::c_a.a: it is of the kind `other`, not `text`"),
            &*format!("::error {at} breaks writing::c_a.state: there is no option `100%25%0Asure`"),
            &*format!("::error {at} breaks reading::c_a.state: there is also the option `New`"),
            &*format!("::error {at} breaks writing::c_a.gone: there is no such field"),
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn programs_read_all_of_it() {
        let text = told(|out| tell_programs(out, &findings()));
        let document: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(document["counts"]["breaks_writing"], 2);
        let expected = json!({
            "object": "c_a", "field": "gone", "effect": "breaks_writing", "change": "no_field",
            "text": "there is no such field", "file": "src/a,b.rs", "line": 3,
        });
        assert_eq!(document["differences"][3], expected);
    }
}
