//! The folder of a snapshot: where it is, and its files.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clarify_schema::{
    Object, PULL, SNAPSHOT_FOLDER, SNAPSHOT_INDEX, SNAPSHOT_VARIABLE, SnapshotIndex,
    check_object_name, read_snapshot, snapshot_file,
};

use crate::failure::Failure;
use crate::part::part_in;

/// Where a snapshot is.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// The folder of the snapshot. Else it is the one that `CLARIFY_SCHEMA` names, from the root of
    /// the cargo workspace; else `clarify.schema` at the root of the package or of its workspace.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Arguments {
    /// The folder that is meant, whether or not it is there.
    pub(super) fn folder(&self) -> Result<Folder, Failure> {
        let here = env::current_dir()?;
        match self.said(&here) {
            Some(folder) => Ok(folder),
            None => {
                Ok(Folder { mended_by: PULL.to_owned(), ..Folder::shown(&usual(&here), &here) })
            }
        }
    }

    /// The folder that a package's structs are checked against, as the derive finds it: where it is
    /// said, whether or not it is there; else at the package's root or at its workspace's, if it is.
    pub(super) fn folder_of(&self, package: &Path) -> Result<Option<Folder>, Failure> {
        if let Some(folder) = self.said(package) {
            return Ok(Some(folder));
        }
        let here = env::current_dir()?;
        let roots = [package.to_path_buf(), cargo_root(package)];
        let mut folders = roots.iter().map(|root| root.join(SNAPSHOT_FOLDER));
        Ok(folders.find(|folder| folder.is_dir()).map(|folder| Folder::shown(&folder, &here)))
    }

    /// The folder that the flag says, or the environment for what is in a folder.
    fn said(&self, inside: &Path) -> Option<Folder> {
        if let Some(path) = self.dir.clone().filter(|path| !path.as_os_str().is_empty()) {
            return Some(Folder::at(&path));
        }
        let path = env::var_os(SNAPSHOT_VARIABLE).filter(|path| !path.is_empty())?;
        let here = env::current_dir().unwrap_or_default();
        Some(Folder::shown(&cargo_root(inside).join(path), &here))
    }
}

/// The folder that is there already, from here up to the root of the cargo workspace; else the one
/// at that root. Outside of any package it is here.
fn usual(here: &Path) -> PathBuf {
    let root = cargo_root(here);
    let inside = here.ancestors().take_while(|folder| folder.starts_with(&root));
    let mut folders = inside.map(|folder| folder.join(SNAPSHOT_FOLDER));
    folders.find(|folder| folder.is_dir()).unwrap_or_else(|| root.join(SNAPSHOT_FOLDER))
}

fn cargo_root(here: &Path) -> PathBuf {
    let mut manifests = here.ancestors().map(|folder| folder.join("Cargo.toml"));
    let Some(package) = manifests.by_ref().find(|manifest| manifest.is_file()) else {
        return here.to_path_buf();
    };
    let workspace = std::iter::once(package.clone()).chain(manifests).find(|m| has_workspace(m));
    let manifest = workspace.unwrap_or(package);
    manifest.parent().unwrap_or(here).to_path_buf()
}

fn has_workspace(manifest: &Path) -> bool {
    let text = fs::read_to_string(manifest).unwrap_or_default();
    text.parse::<toml::Table>().is_ok_and(|manifest| manifest.contains_key("workspace"))
}

/// The folder of a snapshot.
pub(super) struct Folder {
    path: PathBuf,
    /// The command that makes it anew.
    mended_by: String,
}

/// What a snapshot holds, as far as it can be read.
pub(super) struct Snapshot {
    pub(super) index: SnapshotIndex,
    pub(super) objects: Vec<Object>,
}

impl Folder {
    pub(super) fn at(path: &Path) -> Self {
        let mended_by = format!("{PULL} --dir {}", path.display());
        Self { path: path.to_path_buf(), mended_by }
    }

    /// The folder by its path from here: paths are shown, and the shorter ones are read more easily.
    fn shown(path: &Path, here: &Path) -> Self {
        Self::at(path.strip_prefix(here).unwrap_or(path))
    }

    /// The command that makes all of it anew.
    pub(super) fn mended_by(&self) -> &str {
        &self.mended_by
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn file(&self, object: &str) -> PathBuf {
        self.path.join(snapshot_file(object))
    }

    /// The index; nothing, where there is no snapshot.
    pub(super) fn index(&self) -> Result<Option<SnapshotIndex>, Failure> {
        self.check()?;
        let path = self.path.join(SNAPSHOT_INDEX);
        let broken = |reason: String| {
            Failure::file(&path, reason).hint(format!("`{}` makes it anew", self.mended_by))
        };
        let Some(text) = text_of(&path)? else { return Ok(None) };
        let index = SnapshotIndex::read(&text).map_err(|error| broken(error.to_string()))?;
        // The names of objects are those of files.
        let odd =
            index.objects.iter().find_map(|name| Some((name, check_object_name(name).err()?)));
        match odd {
            Some((name, error)) => Err(broken(format!("`{name}`: {error}"))),
            None => Ok(Some(index)),
        }
    }

    /// Whether there is a folder, or there can be one.
    pub(super) fn check(&self) -> Result<(), Failure> {
        let is_something = self.path.symlink_metadata().is_ok();
        let what = match self.path.exists() {
            _ if self.path.is_dir() || !is_something => return Ok(()),
            true => "it is no folder",
            false => "it is a link to what is not there",
        };
        Err(Failure::file(&self.path, what).hint("the files of a snapshot are in a folder"))
    }

    /// The index of a snapshot that has to be there.
    pub(super) fn index_there(&self) -> Result<SnapshotIndex, Failure> {
        self.index()?.ok_or_else(|| {
            Failure::file(&self.path, "there is no snapshot of a workspace's schema")
                .hint(format!("`{}` makes one", self.mended_by))
        })
    }

    /// All of it. That it is there is taken for granted.
    pub(super) fn read(&self) -> Result<Snapshot, Failure> {
        let index = self.index_there()?;
        let objects = index.objects.iter().map(|name| self.object(name)).collect::<Result<_, _>>();
        Ok(Snapshot { objects: objects?, index })
    }

    /// An object that the index names.
    pub(super) fn object(&self, name: &str) -> Result<Object, Failure> {
        let path = self.file(name);
        let broken = |reason: String| {
            Failure::file(&path, reason).hint(format!("`{} {name}` makes it anew", self.mended_by))
        };
        let text = text_of(&path)?;
        let text = text.ok_or_else(|| broken("the index names it, and it is not there".into()))?;
        let object = read_snapshot(&text).map_err(|error| broken(error.to_string()))?;
        match object.name == name {
            true => Ok(object),
            false => Err(broken(format!("it is the schema of `{}`", object.name))),
        }
    }

    /// The objects that have files here, whether or not the index names them.
    pub(super) fn objects(&self) -> Result<Vec<String>, Failure> {
        let read = || {
            let names = fs::read_dir(&self.path)?.map(|entry| entry.map(|entry| entry.file_name()));
            names.collect::<io::Result<Vec<_>>>()
        };
        let names = read().map_err(|error| Failure::file(&self.path, error))?;
        let object = |name: &OsString| {
            let object = name.to_str()?.strip_suffix(".json")?;
            check_object_name(object).is_ok().then(|| object.to_owned())
        };
        let mut objects: Vec<_> = names.iter().filter_map(object).collect();
        objects.sort_unstable();
        Ok(objects)
    }

    /// The text of a file, if it is there.
    pub(super) fn text(&self, file: &str) -> Result<Option<String>, Failure> {
        text_of(&self.path.join(file))
    }

    /// Writes a file, unless it says the same already: what is built of it would be built anew. It is
    /// replaced when all of it is on the disk.
    pub(super) fn write(&self, file: &str, text: &str) -> Result<(), Failure> {
        if self.text(file).is_ok_and(|before| before.as_deref() == Some(text)) {
            return Ok(());
        }
        let path = self.path.join(file);
        let write = || {
            fs::create_dir_all(&self.path)?;
            let mut written = part_in(&self.path)?;
            written.write_all(text.as_bytes())?;
            written.as_file().sync_all()?;
            written.persist(&path)?;
            io::Result::Ok(())
        };
        write().map_err(|error| Failure::file(&path, error))
    }

    pub(super) fn remove(&self, file: &str) -> Result<(), Failure> {
        let path = self.path.join(file);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Failure::file(&path, error))
            }
            _ => Ok(()),
        }
    }
}

fn text_of(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::file(path, error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_at_the_root_of_the_workspace_unless_there_is_one_nearer() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path();
        let deep = root.join("crates/crm/src");
        fs::create_dir_all(&deep).unwrap();
        assert_eq!(cargo_root(&deep), deep, "no package");
        fs::write(root.join("crates/crm/Cargo.toml"), "[package]\nname = \"crm\"").unwrap();
        assert_eq!(usual(&deep), root.join("crates/crm/clarify.schema"));
        fs::write(root.join("Cargo.toml"), "[workspace]\nmembers = [\"crates/*\"]").unwrap();
        assert_eq!(usual(&deep), root.join("clarify.schema"));
        fs::create_dir(root.join("crates/crm/clarify.schema")).unwrap();
        assert_eq!(usual(&deep), root.join("crates/crm/clarify.schema"));
        assert_eq!(usual(&root.join("crates")), root.join("clarify.schema"));
    }
}
