//! The file of settings: which workspace, where, and the key.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// Names another file of settings.
pub(crate) const CONFIG: &str = "CLARIFY_CONFIG";

/// What the file holds. Its `Debug` would show the key, so it has none.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    pub(crate) workspace: Option<String>,
    pub(crate) base_url: Option<String>,
    pub(crate) api_key: Option<String>,
}

/// Where the file is, or would be.
pub(crate) fn path() -> Result<PathBuf, Failure> {
    if let Some(path) = std::env::var_os(CONFIG).filter(|path| !path.is_empty()) {
        return Ok(path.into());
    }
    let dirs = etcetera::choose_base_strategy().map_err(|error| {
        Failure::new(format!("there is no home directory: {error}"))
            .hint(format!("name a file of settings in `{CONFIG}`"))
    })?;
    Ok(dirs.config_dir().join("clarify").join("config.toml"))
}

impl Config {
    /// Reads the file; without one, nothing is set.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(Failure::file(path, error)),
        };
        let config: Self =
            toml::from_str(&text).map_err(|error| unreadable(path, &text, &error))?;
        if config.api_key.is_some() {
            refuse_if_shared(path)?;
        }
        Ok(config)
    }

    /// Writes the file, readable by its owner alone from the first byte on. What was there is
    /// replaced when all of it is on the disk.
    pub(crate) fn write(&self, path: &Path) -> Result<(), Failure> {
        let text = toml::to_string(self).map_err(|error| Failure::file(path, error))?;
        // Where the path is a link, what it leads to is replaced.
        let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let written = || {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new("."));
            fs::create_dir_all(folder)?;
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(text.as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(path)?;
            io::Result::Ok(())
        };
        written().map_err(|error| Failure::file(path, error))
    }
}

/// The parser's own words may hold a part of the key.
fn unreadable(path: &Path, text: &str, error: &toml::de::Error) -> Failure {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map_or(1, |before| before.matches('\n').count() + 1);
    Failure::file(path, format!("line {line} can't be read"))
        .hint("it can hold `workspace`, `base_url` and `api_key`, each a text in quotes")
}

#[cfg(unix)]
fn refuse_if_shared(path: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt as _;

    let file = fs::metadata(path).map_err(|error| Failure::file(path, error))?;
    match file.permissions().mode() & 0o077 {
        0 => Ok(()),
        _ => Err(Failure::file(path, "others on this machine can read the key in it")
            .hint(format!("`chmod 600 {}`", path.display()))),
    }
}

#[cfg(not(unix))]
fn refuse_if_shared(_: &Path) -> Result<(), Failure> {
    Ok(())
}
