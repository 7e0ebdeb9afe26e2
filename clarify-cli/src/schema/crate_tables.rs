//! The structs of a crate, as its compiler knows them.
//!
//! The compiler is asked: the table of a struct is made of its fields' types, which it alone sees
//! through. Nothing of the crate is run.

mod compile;
mod place;

use std::path::PathBuf;

use cargo_metadata::{Metadata, MetadataCommand, Package, Target, TargetKind};
use clarify_schema::{Object, nearest};

use super::report::Place;
use crate::failure::Failure;

/// Which crate's structs are meant.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Structs of a crate")]
#[group(skip)]
pub(super) struct Arguments {
    /// The structs of the package that is here: of its library, its programs and its examples.
    #[arg(long = "crate", id = "of_crate")]
    of_crate: bool,
    /// The structs of the package with this `Cargo.toml`.
    #[arg(long, value_name = "PATH")]
    manifest_path: Option<PathBuf>,
    /// The structs of this package of the cargo workspace.
    #[arg(long, short, value_name = "PACKAGE")]
    package: Option<String>,
    /// The features to compile it with.
    #[arg(long, value_name = "FEATURES")]
    features: Vec<String>,
    /// Compile it with all its features.
    #[arg(long)]
    all_features: bool,
    /// Compile it without its default features.
    #[arg(long)]
    no_default_features: bool,
}

/// The structs of a package.
pub(super) struct Structs {
    /// The package's root.
    pub(super) package: PathBuf,
    pub(super) tables: Vec<Table>,
}

/// A struct: its object, and where it is.
pub(super) struct Table {
    pub(super) object: Object,
    place: Place,
}

impl Table {
    /// Where the field is said, or else the struct.
    pub(super) fn place(&self, field: Option<&str>) -> Place {
        let line = field.and_then(|field| place::of_field(&self.place, field));
        Place { line: line.or(self.place.line), ..self.place.clone() }
    }
}

impl Arguments {
    /// Whether structs are meant at all.
    pub(super) fn is_asked_for(&self) -> bool {
        self.of_crate || self.manifest_path.is_some() || self.package.is_some()
    }

    /// The tables of the package's structs.
    pub(super) fn read(&self) -> Result<Structs, Failure> {
        let metadata = self.metadata()?;
        let package = self.package_of(&metadata)?;
        let targets = package.targets.iter().filter(|target| has_structs_of_the_program(target));
        let mut tables = Vec::new();
        for target in targets {
            tables.extend(compile::tables(self, &metadata, package, target)?);
        }
        match tables.is_empty() {
            true => Err(Failure::new(format!("no struct of `{}` is an object", package.name))
                .hint("`#[derive(ClarifyObject)]` makes one of a struct")),
            false => Ok(Structs { package: root(package), tables }),
        }
    }

    fn metadata(&self) -> Result<Metadata, Failure> {
        let mut command = MetadataCommand::new();
        command.no_deps();
        if let Some(path) = &self.manifest_path {
            command.manifest_path(path);
        }
        command.exec().map_err(|error| {
            let text = error.to_string();
            let line = text.lines().find_map(|line| line.split_once("error: "));
            let line = line.map_or(&*text, |(_, line)| line);
            Failure::new(format!("cargo knows no package here: {line}"))
                .hint("`--manifest-path` names the `Cargo.toml` of one")
        })
    }

    /// The package that is named; else the one whose folder is nearest.
    fn package_of<'m>(&self, metadata: &'m Metadata) -> Result<&'m Package, Failure> {
        let names = || metadata.packages.iter().map(|package| package.name.as_str());
        if let Some(name) = &self.package {
            let found = metadata.packages.iter().find(|package| package.name.as_str() == name);
            return found.ok_or_else(|| {
                let failure = Failure::new(format!("the cargo workspace has no package `{name}`"));
                match nearest(name, names()) {
                    Some(known) => failure.hint(format!("did you mean `{known}`?")),
                    None => {
                        failure.hint(format!("there is {}", names().collect::<Vec<_>>().join(", ")))
                    }
                }
            });
        }
        if let Some(package) = self.package_here(metadata)? {
            return Ok(package);
        }
        match metadata.packages.as_slice() {
            [package] => Ok(package),
            _ => Err(Failure::new("there are several packages here")
                .hint(format!("name one with `-p`: {}", names().collect::<Vec<_>>().join(", ")))),
        }
    }

    fn package_here<'m>(&self, metadata: &'m Metadata) -> Result<Option<&'m Package>, Failure> {
        let here = match &self.manifest_path {
            Some(path) => path.parent().map(PathBuf::from).unwrap_or_default(),
            None => PathBuf::from("."),
        };
        let here = std::path::absolute(here)?.canonicalize()?;
        let inside = metadata.packages.iter().filter_map(|package| {
            let folder = package.manifest_path.parent()?;
            here.starts_with(folder).then_some((folder.as_str().len(), package))
        });
        Ok(inside.max_by_key(|(length, _)| *length).map(|(_, package)| package))
    }
}

fn root(package: &Package) -> PathBuf {
    let manifest = package.manifest_path.as_std_path();
    manifest.parent().map(PathBuf::from).unwrap_or_default()
}

/// Tests and benchmarks make structs of their own, for services of their own.
fn has_structs_of_the_program(target: &Target) -> bool {
    let is_one_of = |kinds: &[TargetKind]| target.kind.iter().any(|kind| kinds.contains(kind));
    !target.is_test()
        && !target.is_bench()
        && !is_one_of(&[TargetKind::CustomBuild, TargetKind::ProcMacro])
}
