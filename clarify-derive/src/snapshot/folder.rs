//! Where the snapshot is, and what its files say.

use std::fmt::Display;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clarify_schema::{
    Object, SNAPSHOT_FOLDER, SNAPSHOT_INDEX, SnapshotIndex, read_snapshot, snapshot_file,
};

use crate::surroundings::Surroundings;

/// The folder of a snapshot.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Folder {
    path: PathBuf,
    /// What it is called in messages: as it was said, or by its name.
    shown: String,
}

/// A file of a snapshot that is not what it should be.
pub(crate) struct Unreadable {
    /// What it is called in messages.
    pub(crate) file: String,
    pub(crate) why: String,
}

impl Folder {
    /// The folder that is said, if one is: else the package's own, else its workspace's.
    pub(super) fn find(said: Option<&str>, surroundings: &Surroundings) -> Option<Self> {
        if let Some(said) = said.or(surroundings.schema.as_deref()) {
            return Some(Self { path: surroundings.package.join(said), shown: said.to_owned() });
        }
        Self::at_a_root(SNAPSHOT_FOLDER, surroundings, |folder| folder.is_dir())
    }

    /// The folder of this name that has a snapshot: the package's own, else its workspace's.
    pub(crate) fn named(name: &str, surroundings: &Surroundings) -> Option<Self> {
        Self::at_a_root(name, surroundings, |folder| folder.join(SNAPSHOT_INDEX).is_file())
    }

    fn at_a_root(
        name: &str,
        surroundings: &Surroundings,
        is_it: impl Fn(&Path) -> bool,
    ) -> Option<Self> {
        let package = &surroundings.package;
        let roots = [Some(&**package), workspace_root(package)];
        let mut folders = roots.into_iter().flatten().map(|root| root.join(name));
        let path = folders.find(|folder| is_it(folder))?;
        Some(Self { path, shown: name.to_owned() })
    }

    /// The path of a file in it.
    pub(crate) fn file(&self, file: &str) -> PathBuf {
        self.path.join(file)
    }

    /// What a file in it is called in messages.
    pub(super) fn shown(&self, file: &str) -> String {
        format!("{}/{file}", self.shown.trim_end_matches('/'))
    }

    /// Its index.
    pub(crate) fn index(&self) -> Result<SnapshotIndex, Unreadable> {
        self.read(SNAPSHOT_INDEX, SnapshotIndex::read)
    }

    /// What it says of an object.
    pub(crate) fn object(&self, name: &str) -> Result<Object, Unreadable> {
        self.read(&snapshot_file(name), |text| {
            let object = read_snapshot(text).map_err(|error| error.to_string())?;
            let is_it = object.name == name;
            if is_it { Ok(object) } else { Err(format!("it is about `{}`", object.name)) }
        })
    }

    fn read<T, E: Display>(
        &self,
        file: &str,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<T, Unreadable> {
        let text = fs::read_to_string(self.file(file)).map_err(|error| match error.kind() {
            ErrorKind::NotFound => self.unreadable(file, &"it is missing"),
            _ => self.unreadable(file, &error),
        })?;
        read(&text).map_err(|error| self.unreadable(file, &error))
    }

    /// Says of a file what is wrong with it.
    pub(crate) fn unreadable(&self, file: &str, why: &dyn Display) -> Unreadable {
        Unreadable { file: self.shown(file), why: why.to_string() }
    }
}

/// The folder of the first manifest with a `[workspace]`, from the package upwards. What stands above
/// it is not this program's.
fn workspace_root(package: &Path) -> Option<&Path> {
    package.ancestors().find(|folder| {
        fs::read_to_string(folder.join("Cargo.toml")).is_ok_and(|text| is_workspace(&text))
    })
}

fn is_workspace(manifest: &str) -> bool {
    let mut headers = manifest.lines().filter_map(|line| line.trim_start().strip_prefix('['));
    headers.any(|header| {
        header
            .trim_start()
            .strip_prefix("workspace")
            .is_some_and(|rest| rest.trim_start().starts_with([']', '.']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let (path, text) = file.split_once(' ').unwrap_or((file, ""));
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }

    /// Where the snapshot of the package in `a/b` is found.
    fn found(files: &[&str]) -> Option<String> {
        let root = folders(files);
        let surroundings = Surroundings { package: root.path().join("a/b"), ..Default::default() };
        let folder = Folder::find(None, &surroundings)?;
        let path = folder.path.strip_prefix(root.path()).unwrap();
        Some(path.to_str().unwrap().to_owned())
    }

    #[test]
    fn it_is_at_the_package_s_root_or_at_its_workspace_s() {
        let (package, own) = ("a/b/Cargo.toml [package]", "a/b/clarify.schema/index.json");
        let (workspace, shared) = ("a/Cargo.toml [workspace]", "a/clarify.schema/index.json");
        assert_eq!(found(&[package, own, workspace, shared]).unwrap(), "a/b/clarify.schema");
        assert_eq!(found(&[package, workspace, shared]).unwrap(), "a/clarify.schema");
        assert_eq!(found(&[package, "a/Cargo.toml [package]", shared]), None, "no workspace");
        assert_eq!(found(&[package, workspace]), None);
    }

    #[test]
    fn it_is_never_above_the_workspace() {
        let above = ["Cargo.toml [workspace]", "clarify.schema/index.json"];
        let files = |own| [above[0], above[1], own];
        assert_eq!(found(&files("a/b/Cargo.toml [workspace.package]")), None);
        assert_eq!(found(&files("a/Cargo.toml [package]\n[ workspace ]\nmembers = []")), None);
        let near = "a/Cargo.toml [workspaces]\n# [workspace]";
        assert_eq!(found(&files(near)).unwrap(), "clarify.schema");
    }

    #[test]
    fn where_it_is_said_to_be_it_is() {
        let surroundings = Surroundings {
            package: "/a/b".into(),
            schema: Some("../theirs".to_owned()),
            ..Default::default()
        };
        let path = |said| Folder::find(said, &surroundings).unwrap().path;
        assert_eq!(path(None), Path::new("/a/b/../theirs"));
        assert_eq!(path(Some("own")), Path::new("/a/b/own"));
        assert_eq!(path(Some("/c")), Path::new("/c"));
    }
}
