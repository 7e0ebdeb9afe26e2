//! What was meant by a name that is not known.

/// Below this, two names have little to do with each other.
const ALIKE: f64 = 0.8;

/// The name that is most like the one that was written, if any is: what to ask back for a name that is
/// not known.
///
/// ```
/// use clarify_schema::{COMPANY, nearest};
///
/// let names = || COMPANY.fields.iter().map(|field| &*field.name);
/// assert_eq!(nearest("domians", names()), Some("domains"));
/// assert_eq!(nearest("weather", names()), None);
/// ```
#[must_use]
pub fn nearest<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let rated = names.into_iter().map(|name| (strsim::jaro_winkler(name, written), name));
    let (likeness, name) = rated.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    (likeness > ALIKE).then_some(name)
}
