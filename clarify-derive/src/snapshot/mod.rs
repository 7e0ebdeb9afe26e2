//! The snapshot of the workspace's schema: what is known of a struct's object.

mod folder;

use std::path::PathBuf;

use clarify_schema::{
    Field, Object, PULL, SNAPSHOT_INDEX, check_object_name, nearest, snapshot_file,
};
pub(crate) use folder::{Folder, Unreadable, mended_by};
use syn::LitStr;

use crate::errors::Errors;
use crate::model::ObjectModel;
use crate::surroundings::Surroundings;

/// What is known of a struct's object.
#[derive(Default)]
pub(crate) struct Snapshot {
    /// The object as the workspace has it.
    pub(crate) object: Option<Object>,
    /// The file that says so, or that would name it: the struct is compiled anew when it changes.
    pub(crate) file: Option<PathBuf>,
    /// What the file is called in messages.
    pub(crate) shown: String,
    /// The command that makes the snapshot, or makes it anew.
    pub(crate) mended_by: String,
    /// Whether it can't be read, which has been reported.
    is_broken: bool,
}

impl Snapshot {
    /// Reads what is known of the struct's object; nothing, where there is no snapshot.
    pub(crate) fn read(
        model: &ObjectModel<'_>,
        surroundings: &Surroundings,
        errors: &mut Errors,
    ) -> Self {
        let input = &model.input;
        let said = input.schema.as_ref().map(LitStr::value);
        // What can't be an object's name has been reported.
        let folder = Folder::find(said.as_deref(), surroundings)
            .filter(|_| check_object_name(&model.name).is_ok());
        let none = || Self { mended_by: PULL.to_owned(), ..Self::default() };
        let read = folder.map_or_else(|| Ok(none()), |folder| read(&folder, &model.name));
        let snapshot = read.unwrap_or_else(|trouble| {
            report(&trouble, model, errors);
            Self { is_broken: true, ..Self::default() }
        });
        if let (Some(span), None, false) = (input.checked, &snapshot.object, snapshot.is_broken) {
            let what = format!("there is no snapshot to check `{}` against", model.name);
            errors.add(span, what, &format!("make it: `{}`", snapshot.mended_by));
        }
        snapshot
    }

    /// The field of this name, as the workspace has it.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.object.as_ref()?.field(name)
    }
}

/// Why nothing can be known of an object.
enum Trouble {
    /// The workspace has no such object, but perhaps one that is called nearly so.
    NoObject { near: Option<String>, mended_by: String },
    /// A file is not what it should be.
    Unreadable(Unreadable),
}

impl From<Unreadable> for Trouble {
    fn from(unreadable: Unreadable) -> Self {
        Self::Unreadable(unreadable)
    }
}

fn read(folder: &Folder, object: &str) -> Result<Snapshot, Trouble> {
    let index = folder.index()?;
    let file = snapshot_file(object);
    if index.has(object) {
        return Ok(Snapshot {
            object: Some(folder.object(object)?),
            file: Some(folder.file(&file)),
            shown: folder.shown(&file),
            mended_by: folder.mended_by().to_owned(),
            ..Snapshot::default()
        });
    }
    if index.is_whole {
        let names = index.objects.iter().map(|name| &**name);
        let near = nearest(object, names).map(str::to_owned);
        return Err(Trouble::NoObject { near, mended_by: folder.mended_by().to_owned() });
    }
    // It would be named there if it came.
    Ok(Snapshot {
        file: Some(folder.file(SNAPSHOT_INDEX)),
        mended_by: folder.mended_by().to_owned(),
        ..Snapshot::default()
    })
}

fn report(trouble: &Trouble, model: &ObjectModel<'_>, errors: &mut Errors) {
    let (input, name) = (&model.input, &model.name);
    let ident = input.item.ident.span();
    match trouble {
        Trouble::NoObject { near, mended_by } => {
            let span = input.object.as_ref().map_or(ident, LitStr::span);
            let help = near.as_ref().map_or_else(
                || format!("`clarify schema push` makes it; if it is there by now, `{mended_by}`"),
                |near| format!("did you mean `{near}`?"),
            );
            errors.add(span, format!("the workspace has no object `{name}`"), &help);
        }
        Trouble::Unreadable(Unreadable { file, why, mended_by }) => {
            let span = input.schema.as_ref().map_or(ident, LitStr::span);
            let what = format!(
                "the snapshot is stale or broken, so `{name}` is not checked: `{file}`: {why}"
            );
            errors.add(span, what, &format!("`{mended_by}` makes it anew"));
        }
    }
}
