//! What a path names.

/// A path with `{id}` where a record's id is.
pub(super) fn without_id(path: &str) -> String {
    const RECORDS: &str = "/records/";
    match path.split_once(RECORDS) {
        Some((before, id)) if id != "bulk" => format!("{before}{RECORDS}{{id}}"),
        _ => path.to_owned(),
    }
}
