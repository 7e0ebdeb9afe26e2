//! Structs that were generated from a snapshot: written to a file, and made while compiling.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that does not go as it should ends there"
)]

use std::path::{Path, PathBuf};
use std::{env, fs};

use clarify_codegen::{Names, Paths, module, plan};
use clarify_core::schema::{
    Kind, Object, SNAPSHOT_INDEX, SnapshotIndex, differences, read_snapshot, snapshot_file,
    write_snapshot,
};
use clarify_core::{ClarifyObject as _, Client};
use clarify_server::{Server, ServerBuilder};

/// As a program has it that denies whatever can be denied.
#[deny(warnings, missing_docs, clippy::all)]
#[path = "../generate/crm.rs"]
pub mod crm;

/// The same, made by the macro.
#[deny(warnings, missing_docs, clippy::all)]
pub mod made {
    clarify_core::objects!("generate/clarify.schema");
}

/// Two of them, and a link to one that is not among them.
mod few {
    clarify_core::objects!("generate/clarify.schema", only = [person, c_option]);
}

macro_rules! tables {
    ($module:ident) => {
        [
            $module::ANameThatIsAsLongAsCanBe::OBJECT,
            $module::Everything::OBJECT,
            $module::CustomOption::OBJECT,
            $module::Order::OBJECT,
            $module::OrderStatus::OBJECT,
            $module::CustomPerson::OBJECT,
            $module::Company::OBJECT,
            $module::Person::OBJECT,
        ]
    };
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("generate")
}

fn snapshot() -> Vec<Object> {
    let read = |file: &str| fs::read_to_string(folder().join("clarify.schema").join(file)).unwrap();
    let index = SnapshotIndex::read(&read(SNAPSHOT_INDEX)).unwrap();
    index.objects.iter().map(|name| read_snapshot(&read(&snapshot_file(name))).unwrap()).collect()
}

/// An object without what no struct says of it: labels, links to many, and what links are from the
/// other side.
fn as_a_struct_has_it(object: &Object) -> Object {
    let good = |name: &str| !matches!(name, "type" | "bad-name");
    let fields = object.fields.iter().filter(|f| f.kind != Kind::ToMany && good(&f.name));
    let fields = fields.map(|field| {
        let mut field = field.clone();
        (field.title, field.description, field.inverse) = (None, None, None);
        (field.hidden, field.open) = (false, false);
        field
    });
    Object::named(object.name.clone(), fields.collect())
}

#[test]
fn the_file_is_what_is_generated() {
    let path = folder().join("crm.rs");
    let source = module(&plan(&snapshot(), &Names::default()), &Paths::Imported);
    if env::var_os("UPDATE_GENERATED").is_some() {
        fs::write(&path, &source).unwrap();
    }
    let committed = fs::read_to_string(path).unwrap();
    assert!(
        source == committed,
        "tests/generate/crm.rs is of another snapshot: set UPDATE_GENERATED=1"
    );
}

#[test]
fn the_tables_are_the_snapshot_s_objects() {
    for (table, theirs) in tables!(crm).into_iter().zip(snapshot()) {
        assert_eq!(as_a_struct_has_it(table), as_a_struct_has_it(&theirs));
        let breaks: Vec<_> = differences(table, &theirs);
        let breaks: Vec<_> = breaks.iter().filter(|found| found.effect.breaks()).collect();
        assert!(breaks.is_empty(), "{breaks:?}");
    }
}

#[test]
fn what_is_made_while_compiling_is_what_is_written() {
    assert_eq!(tables!(crm), tables!(made));
    assert_eq!(few::Person::OBJECT, crm::Person::OBJECT);
    assert_eq!(few::CustomOption::OBJECT, crm::CustomOption::OBJECT);
}

#[tokio::test]
async fn what_a_service_has_of_them_is_the_snapshot_again() {
    let builder = Server::builder().workspace("acme").api_key("secret");
    let builder = tables!(made).into_iter().fold(builder, ServerBuilder::register);
    let server = builder.start().unwrap();
    let client = Client::builder("acme").api_key("secret").base_url(server.url());
    let pulled = client.build().unwrap().schemas().await.unwrap();
    for theirs in snapshot() {
        let ours = pulled.iter().find(|object| object.name == theirs.name).unwrap();
        let file = |object: &Object| write_snapshot(&as_a_struct_has_it(object));
        if theirs.name.starts_with("c_") {
            assert_eq!(file(ours), file(&theirs));
        }
        // A built-in object has the fields that it had; its labels were open, and are.
        let ours = as_a_struct_has_it(ours);
        for mut field in as_a_struct_has_it(&theirs).fields.iter().cloned() {
            let ours = ours.field(&field.name).unwrap();
            if ours.options.is_empty() {
                field.options = ours.options.clone();
            }
            assert_eq!(*ours, field);
        }
    }
}
