//! What a workspace is to have.

use clarify_core::Client;
use clarify_core::blocking::Wait as _;
use clarify_schema::{Object, Permission, Plan, completed, plan};

use super::super::crate_tables::Structs;
use super::super::folder::Folder;
use super::super::source;
use super::Arguments;
use crate::failure::Failure;

/// The objects that are to be there.
pub(super) struct Wanted {
    /// What the program knows of them.
    known: Vec<Object>,
    /// All of it.
    objects: Vec<Object>,
}

impl Wanted {
    pub(super) fn read(arguments: &Arguments) -> Result<Self, Failure> {
        match &arguments.from {
            Some(path) => {
                let objects = source::read(path).map_err(|failure| {
                    failure.hint("it says what is to be pushed: mend it, or name another")
                })?;
                Ok(Self { known: objects.clone(), objects })
            }
            None if arguments.tables.is_asked_for() => Self::of_crate(arguments),
            None => Err(Failure::usage("nothing is said of what to push").hint(
                "`--crate` for the structs of the package that is here, `-p PACKAGE` for \
                 another's, `--from clarify.schema` for a snapshot",
            )),
        }
    }

    fn of_crate(arguments: &Arguments) -> Result<Self, Failure> {
        let Structs { package, tables } = arguments.tables.read()?;
        let known: Vec<_> = tables.into_iter().map(|table| table.object).collect();
        let objects = match arguments.folder.folder_of(&package)? {
            Some(folder) => with_the_rest(&known, &folder)?,
            None => known.clone(),
        };
        Ok(Self { known, objects })
    }

    pub(super) fn planned(&self, client: &Client, permission: Permission) -> Result<Plan, Failure> {
        let theirs = client.schemas().wait()?;
        let made = plan(&self.objects, &theirs, permission);
        Ok(made.for_program(&self.known, &self.objects, &theirs))
    }
}

/// The objects of structs, each with the rest of what the snapshot says of it.
fn with_the_rest(structs: &[Object], snapshot: &Folder) -> Result<Vec<Object>, Failure> {
    let index = snapshot.index_there()?;
    let whole = |object: &Object| match index.has(&object.name) {
        true => Ok(completed(object, &snapshot.object(&object.name)?)),
        false => Ok(object.clone()),
    };
    structs.iter().map(whole).collect()
}
