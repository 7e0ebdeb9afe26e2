//! Where the snapshot is.

use std::fs;
use std::path::{Path, PathBuf};

use clarify_schema::SNAPSHOT_FOLDER;

use crate::surroundings::Surroundings;

/// The folder of a snapshot.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    /// What it is called in messages: as it was said, or by its name.
    shown: String,
}

impl Folder {
    /// The folder that is said, if one is: else the package's own, else its workspace's.
    pub(super) fn find(said: Option<&str>, surroundings: &Surroundings) -> Option<Self> {
        let package = &surroundings.package;
        if let Some(said) = said.or(surroundings.schema.as_deref()) {
            return Some(Self { path: package.join(said), shown: said.to_owned() });
        }
        let roots = [Some(&**package), workspace_root(package)];
        let mut folders = roots.into_iter().flatten().map(|root| root.join(SNAPSHOT_FOLDER));
        let path = folders.find(|folder| folder.is_dir())?;
        Some(Self { path, shown: SNAPSHOT_FOLDER.to_owned() })
    }

    /// What a file in it is called in messages.
    pub(super) fn shown(&self, file: &str) -> String {
        format!("{}/{file}", self.shown.trim_end_matches('/'))
    }
}

/// The folder of the first manifest with a `[workspace]`, from the package upwards. What stands above
/// it is not this program's.
pub(crate) fn workspace_root(package: &Path) -> Option<&Path> {
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
