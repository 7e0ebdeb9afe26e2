//! Where the snapshot is, and what its files say.

use std::fmt::Display;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clarify_schema::{
    Object, PULL, SNAPSHOT_FOLDER, SNAPSHOT_INDEX, SnapshotIndex, read_snapshot, snapshot_file,
};

use crate::surroundings::Surroundings;

/// The folder of a snapshot.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Folder {
    path: PathBuf,
    /// What it is called in messages: as it was said, or by its name.
    shown: String,
    /// The command that makes it, from the root of the cargo workspace: it is from there that the
    /// compiler shows files.
    mended_by: String,
}

/// A file of a snapshot that is not what it should be.
#[derive(Debug)]
pub(crate) struct Unreadable {
    /// What it is called in messages.
    pub(crate) file: String,
    pub(crate) why: String,
    /// The command that makes the snapshot anew.
    pub(crate) mended_by: String,
}

impl Folder {
    /// The folder that is said, if one is: by the struct from the package's root, by the environment
    /// from its workspace's. Else the package's own, else its workspace's.
    pub(super) fn find(said: Option<&str>, surroundings: &Surroundings) -> Option<Self> {
        let package = &surroundings.package;
        if let Some(said) = said {
            return Some(Self::at(package.join(said), said, package));
        }
        if let Some(said) = &surroundings.schema {
            return Some(Self::at(root_of(package).join(said), said, package));
        }
        Self::named(SNAPSHOT_FOLDER, surroundings)
    }

    /// The folder of this name: the package's own, else its workspace's.
    pub(crate) fn named(name: &str, surroundings: &Surroundings) -> Option<Self> {
        let package = &*surroundings.package;
        let mut folders = [package, root_of(package)].map(|root| root.join(name)).into_iter();
        let path = folders.find(|folder| folder.is_dir())?;
        Some(Self::at(path, name, package))
    }

    fn at(path: PathBuf, shown: &str, package: &Path) -> Self {
        let mended_by = mended_by(path.strip_prefix(root_of(package)).unwrap_or(&path));
        Self { path, shown: shown.to_owned(), mended_by }
    }

    /// The command that makes it anew.
    pub(super) fn mended_by(&self) -> &str {
        &self.mended_by
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
        let mended_by = self.mended_by.clone();
        Unreadable { file: self.shown(file), why: why.to_string(), mended_by }
    }
}

/// The command that makes the snapshot in a folder, which is said from the root of the cargo workspace.
pub(crate) fn mended_by(folder: &Path) -> String {
    match folder == Path::new(SNAPSHOT_FOLDER) {
        true => PULL.to_owned(),
        false => format!("{PULL} --dir {}", folder.display()),
    }
}

/// The folder of the first manifest with a `[workspace]`, from the package upwards: what stands above
/// it is not this program's. Without one it is the package's own.
fn root_of(package: &Path) -> &Path {
    let is_root = |folder: &&Path| {
        fs::read_to_string(folder.join("Cargo.toml")).is_ok_and(|text| is_workspace(&text))
    };
    package.ancestors().find(is_root).unwrap_or(package)
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

    #[test]
    fn one_without_an_index_is_a_folder_all_the_same() {
        let root = folders(&["s/notes.txt"]);
        let surroundings = Surroundings { package: root.path().into(), ..Default::default() };
        let unreadable = Folder::named("s", &surroundings).unwrap().index().unwrap_err();
        assert_eq!((&*unreadable.file, &*unreadable.why), ("s/index.json", "it is missing"));
        assert_eq!(unreadable.mended_by, "clarify schema pull --dir s");
        assert_eq!(Folder::named("t", &surroundings), None);
    }

    #[test]
    fn what_makes_it_is_said_from_the_workspace_s_root_as_is_the_environment_s_folder() {
        let root = folders(&[
            "a/Cargo.toml [workspace]",
            "a/b/Cargo.toml [package]",
            "a/b/clarify.schema/index.json",
        ]);
        let package = root.path().join("a/b");
        let found = |said: Option<&str>, schema: Option<&str>| {
            let schema = schema.map(str::to_owned);
            let surroundings =
                Surroundings { package: package.clone(), schema, ..Default::default() };
            let folder = Folder::find(said, &surroundings).unwrap();
            let path = folder.path.strip_prefix(root.path()).unwrap().to_owned();
            (path.to_str().unwrap().to_owned(), folder.mended_by)
        };
        let pulls = |path: &str, command: &str| (path.to_owned(), command.to_owned());
        let own = pulls("a/b/clarify.schema", "clarify schema pull --dir b/clarify.schema");
        assert_eq!(found(None, None), own);
        assert_eq!(found(Some("s"), Some("t")), pulls("a/b/s", "clarify schema pull --dir b/s"));
        assert_eq!(found(None, Some("t")), pulls("a/t", "clarify schema pull --dir t"));
        let usual = pulls("a/clarify.schema", "clarify schema pull");
        assert_eq!(found(None, Some("clarify.schema")), usual);
    }
}
