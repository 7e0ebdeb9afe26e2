//! The folder of a snapshot: where it is, and its files.

use std::env;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clarify_schema::{
    Object, PULL, SNAPSHOT_FOLDER, SNAPSHOT_INDEX, SnapshotIndex, check_object_name, read_snapshot,
    snapshot_file,
};

use crate::failure::Failure;
use crate::part::part_in;

/// Where a snapshot is.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// The folder of the snapshot: `clarify.schema`, at the root of the package or of its workspace,
    /// unless set.
    #[arg(long, value_name = "DIR", env = "CLARIFY_SCHEMA")]
    dir: Option<PathBuf>,
}

impl Arguments {
    /// The folder that is meant, whether or not it is there.
    pub(super) fn folder(&self) -> Result<Folder, Failure> {
        if let Some(path) = self.dir.clone().filter(|path| !path.as_os_str().is_empty()) {
            return Ok(Folder { path });
        }
        let here = env::current_dir()?;
        let path = usual(&here);
        // Paths are shown, and the shorter ones are read more easily.
        let path = path.strip_prefix(&here).map(Path::to_path_buf).unwrap_or(path);
        Ok(Folder { path })
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
}

/// What a snapshot holds, as far as it can be read.
pub(super) struct Snapshot {
    pub(super) index: SnapshotIndex,
    pub(super) objects: Vec<Object>,
}

impl Folder {
    pub(super) fn at(path: &Path) -> Self {
        Self { path: path.to_path_buf() }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn file(&self, object: &str) -> PathBuf {
        self.path.join(snapshot_file(object))
    }

    /// The index; nothing, where there is no snapshot.
    pub(super) fn index(&self) -> Result<Option<SnapshotIndex>, Failure> {
        let path = self.path.join(SNAPSHOT_INDEX);
        let Some(text) = text_of(&path)? else { return Ok(None) };
        let broken = |reason: String| {
            Failure::file(&path, reason)
                .hint(format!("`{PULL}` makes it anew, once the file is removed"))
        };
        let index = SnapshotIndex::read(&text).map_err(|error| broken(error.to_string()))?;
        // The names of objects are those of files.
        let odd =
            index.objects.iter().find_map(|name| Some((name, check_object_name(name).err()?)));
        match odd {
            Some((name, error)) => Err(broken(format!("`{name}`: {error}"))),
            None => Ok(Some(index)),
        }
    }

    /// All of it. That it is there is taken for granted.
    pub(super) fn read(&self) -> Result<Snapshot, Failure> {
        let index = self.index()?.ok_or_else(|| {
            Failure::file(&self.path, "there is no snapshot of a workspace's schema")
                .hint(format!("`{PULL}` makes one"))
        })?;
        let objects = index.objects.iter().map(|name| self.object(name)).collect::<Result<_, _>>();
        Ok(Snapshot { objects: objects?, index })
    }

    fn object(&self, name: &str) -> Result<Object, Failure> {
        let path = self.file(name);
        let broken = |reason: String| {
            Failure::file(&path, reason).hint(format!("`{PULL} {name}` makes it anew"))
        };
        let text = text_of(&path)?;
        let text = text.ok_or_else(|| broken("the index names it, and it is not there".into()))?;
        let object = read_snapshot(&text).map_err(|error| broken(error.to_string()))?;
        match object.name == name {
            true => Ok(object),
            false => Err(broken(format!("it is the schema of `{}`", object.name))),
        }
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
