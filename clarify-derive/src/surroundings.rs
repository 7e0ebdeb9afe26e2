//! What a struct is compiled in, by the environment that cargo gives the macro.

use std::env;
use std::path::PathBuf;

pub(crate) use clarify_schema::SNAPSHOT_VARIABLE as SCHEMA;
use clarify_schema::{TABLES_OF, tables_of};

/// The crate that is being compiled, and what is wanted of it.
#[derive(Debug, Default)]
pub(crate) struct Surroundings {
    /// The root of its package.
    pub(crate) package: PathBuf,
    /// Where the snapshot is said to be, from the root of the package's workspace.
    pub(crate) schema: Option<String>,
    /// Whether the compiler is to tell the tables of the crate's structs.
    pub(crate) tells_tables: bool,
}

impl Surroundings {
    pub(crate) fn from_env() -> Self {
        Self {
            package: package().unwrap_or_default(),
            schema: env::var(SCHEMA).ok().filter(|folder| !folder.is_empty()),
            tells_tables: tells_tables(),
        }
    }
}

fn package() -> Option<PathBuf> {
    let root = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    root.or_else(|| env::current_dir().ok())
}

/// Whether the tables of this very crate are wanted. Of the others that are built for it they are
/// not: those are to be compiled as ever.
fn tells_tables() -> bool {
    let Ok(wanted) = env::var(TABLES_OF) else { return false };
    let is_program = env::var_os("CARGO_BIN_NAME").is_some();
    match (env::var("CARGO_PKG_NAME"), env::var("CARGO_CRATE_NAME")) {
        (Ok(package), Ok(name)) => tables_of(&package, &name, is_program) == wanted,
        _ => false,
    }
}
