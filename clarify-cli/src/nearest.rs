//! What was meant by a name that is not known.

/// Below this, two names have little to do with each other.
const ALIKE: f64 = 0.75;

/// The name that is most like the one that was written, if any is.
pub(crate) fn nearest<'n>(
    written: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let rated = names.into_iter().map(|name| (strsim::jaro_winkler(name, written), name));
    let (likeness, name) = rated.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    (likeness > ALIKE).then_some(name)
}
