//! What the macros emit.

mod expansion;
mod generated;
mod mistakes;
mod random;
mod size;

use std::fs;

use clarify_schema::{
    Field, Object, SNAPSHOT_FOLDER, SNAPSHOT_INDEX, SnapshotIndex, snapshot_file, write_snapshot,
};
use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::emit::{object, select};
use crate::surroundings::Surroundings;

fn object(item: &DeriveInput) -> TokenStream {
    object::expand(item, &Surroundings::default())
}

fn object_told(item: &DeriveInput) -> TokenStream {
    object::expand(item, &Surroundings { tells_tables: true, ..Surroundings::default() })
}

/// In a package with a snapshot of these objects. Where the package is, is shown as `…`.
fn object_checked(item: &DeriveInput, objects: &[Object], is_whole: bool) -> TokenStream {
    let package = tempfile::tempdir().unwrap();
    let folder = package.path().join(SNAPSHOT_FOLDER);
    fs::create_dir(&folder).unwrap();
    let names = objects.iter().map(|object| &*object.name);
    fs::write(folder.join(SNAPSHOT_INDEX), SnapshotIndex::new(names, is_whole).write()).unwrap();
    for object in objects {
        fs::write(folder.join(snapshot_file(&object.name)), write_snapshot(object)).unwrap();
    }
    let package = package.path();
    let surroundings = Surroundings { package: package.into(), ..Surroundings::default() };
    let emitted = object::expand(item, &surroundings).to_string();
    emitted.replace(package.to_str().unwrap(), "…").parse().unwrap()
}

/// A field of the workspace with these options.
fn of_options(mut field: Field, options: &[&'static str]) -> Field {
    field.options = options.iter().map(|option| (*option).into()).collect();
    field
}

fn select(item: &DeriveInput) -> TokenStream {
    select::expand(item)
}

fn formatted(tokens: TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}
