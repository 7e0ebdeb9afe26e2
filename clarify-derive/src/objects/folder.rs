//! The files of a snapshot, as a macro finds them.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use clarify_schema::{
    Object, PULL, SNAPSHOT_INDEX, SnapshotIndex, check_object_name, read_snapshot, snapshot_file,
};
use syn::LitStr;

use crate::snapshot::workspace_root;
use crate::surroundings::Surroundings;

/// The folder of a snapshot.
pub(super) struct Folder<'i> {
    /// As it was written.
    said: &'i LitStr,
    path: PathBuf,
}

impl<'i> Folder<'i> {
    /// The folder at the package's root, or at its workspace's.
    pub(super) fn find(said: &'i LitStr) -> syn::Result<Self> {
        let package = Surroundings::from_env().package;
        let places = [Some(&*package), workspace_root(&package)].into_iter().flatten();
        let mut found = places.map(|place| place.join(said.value()));
        match found.find(|path| path.join(SNAPSHOT_INDEX).is_file()) {
            Some(path) => Ok(Self { said, path }),
            None => {
                let what = format!("there is no snapshot of a workspace at `{}`", said.value());
                let help = format!(
                    "`{PULL}` makes one; it is looked for at the package's root and its workspace's"
                );
                Err(syn::Error::new(said.span(), format!("{what}\nhelp: {help}")))
            }
        }
    }

    /// The names of the objects.
    pub(super) fn objects(&self) -> syn::Result<Vec<String>> {
        let index = SnapshotIndex::read(&self.read(SNAPSHOT_INDEX)?);
        let index = index.map_err(|error| self.wrong(SNAPSHOT_INDEX, error))?;
        for name in &index.objects {
            check_object_name(name)
                .map_err(|error| self.wrong(SNAPSHOT_INDEX, format!("`{name}`: {error}")))?;
        }
        Ok(index.objects)
    }

    /// An object.
    pub(super) fn object(&self, name: &str) -> syn::Result<Object> {
        let file = snapshot_file(name);
        let object = read_snapshot(&self.read(&file)?).map_err(|error| self.wrong(&file, error))?;
        if object.name != name {
            return Err(self.wrong(&file, format!("it describes `{}`", object.name)));
        }
        Ok(object)
    }

    /// The paths of the index and the files of these objects.
    pub(super) fn files(&self, objects: &[String]) -> Vec<String> {
        let files = objects.iter().map(|name| snapshot_file(name));
        let files = std::iter::once(SNAPSHOT_INDEX.to_owned()).chain(files);
        files.filter_map(|file| self.path.join(file).to_str().map(str::to_owned)).collect()
    }

    fn read(&self, file: &str) -> syn::Result<String> {
        fs::read_to_string(self.path.join(file)).map_err(|error| self.wrong(file, error))
    }

    fn wrong(&self, file: &str, error: impl Display) -> syn::Error {
        let path = Path::new(&self.said.value()).join(file);
        let what = format!("`{}`: {error}", path.display());
        let help = format!("mend it, or make the snapshot anew with `{PULL}`");
        syn::Error::new(self.said.span(), format!("{what}\nhelp: {help}"))
    }
}
