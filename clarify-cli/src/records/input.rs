//! What a record is to hold, as it is written on the command line.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clarify_core::RawAttributes;
use clarify_schema::Object;
use serde_json::value::RawValue;

use super::value;
use crate::failure::Failure;
use crate::workspace;

/// `field=value`.
#[derive(Clone, Debug)]
pub(super) struct Assignment {
    pub(super) field: String,
    pub(super) value: String,
}

impl FromStr for Assignment {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('=') {
            Some((field, value)) if !field.is_empty() => {
                Ok(Self { field: field.to_owned(), value: value.to_owned() })
            }
            _ => Err("expected `field=value`"),
        }
    }
}

/// The attributes of one record.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub(super) struct Input {
    /// A field and its value. The items of a collection are divided by `;`, or the field is repeated.
    #[arg(value_name = "FIELD=VALUE")]
    assignments: Vec<Assignment>,
    /// The attributes as a JSON object, in the API's form: `{"domains": {"items": ["cern.ch"]}}`.
    #[arg(long, value_name = "JSON", conflicts_with = "file")]
    json: Option<String>,
    /// A file with such an object, `-` for the standard input.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

impl Input {
    /// The attributes, of which there must be some.
    pub(super) fn attributes(&self, object: &Object) -> Result<RawAttributes, Failure> {
        let attributes = self.given(object)?;
        if attributes.iter().next().is_none() {
            return Err(Failure::usage("no field is given a value")
                .hint("`field=value`, `--json '{...}'` or `--file FILE`"));
        }
        Ok(attributes)
    }

    /// The attributes: those of the JSON, and over them what is said field by field.
    pub(super) fn given(&self, object: &Object) -> Result<RawAttributes, Failure> {
        let mut attributes = match (&self.json, &self.file) {
            (Some(json), _) => read_json(json).map_err(Failure::usage)?,
            (None, Some(path)) => {
                read_json(&read_file(path)?).map_err(|reason| Failure::file(path, reason))?
            }
            (None, None) => RawAttributes::default(),
        };
        for (name, json) in values(object, &self.assignments)? {
            attributes.set(name, json);
        }
        Ok(attributes)
    }
}

/// The whole text of a file, or of the standard input.
fn read_file(path: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let read = match path.as_os_str() == "-" {
        true => io::stdin().read_to_string(&mut text).map(|_| text),
        false => fs::read_to_string(path),
    };
    read.map_err(|error| Failure::file(path, error))
}

fn read_json(json: &str) -> Result<RawAttributes, String> {
    serde_json::from_str(json)
        .map_err(|error| format!("expected a JSON object of fields and values: {error}"))
}

/// The JSON of each field that is given a value.
fn values(
    object: &Object,
    assignments: &[Assignment],
) -> Result<Vec<(String, Box<RawValue>)>, Failure> {
    by_field(assignments).into_iter().map(|(name, texts)| value_of(object, name, &texts)).collect()
}

/// The texts that are given for each field.
pub(super) fn by_field(assignments: &[Assignment]) -> Vec<(&str, Vec<&str>)> {
    let mut fields = Vec::<(&str, Vec<&str>)>::new();
    for Assignment { field, value } in assignments {
        match fields.iter_mut().find(|(name, _)| name == field) {
            Some((_, texts)) => texts.push(value),
            None => fields.push((field, vec![value])),
        }
    }
    fields
}

fn value_of(
    object: &Object,
    name: &str,
    texts: &[&str],
) -> Result<(String, Box<RawValue>), Failure> {
    let field = object.field(name).ok_or_else(|| workspace::unknown_field(object, name))?;
    let json = match texts {
        [text] => value::read(field, text),
        _ => value::collection(field, texts),
    };
    match json {
        Ok(json) => Ok((name.to_owned(), json)),
        Err(reason) => Err(Failure::usage(format!("`{name}`: {reason}"))),
    }
}
