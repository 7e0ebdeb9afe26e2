//! Names that are told apart.

use std::collections::HashMap;

/// A way to make a name of a text; the later ways tell more texts apart, and read less well.
pub(crate) type Level = fn(&str) -> Option<String>;

/// A name for each text, in their order. A text has the first of its names that no other has, so what
/// it is called depends on what the texts are, not on their order.
pub(crate) fn distinct(
    texts: &[&str],
    levels: &[Level],
    is_taken: &dyn Fn(&str) -> bool,
) -> Vec<String> {
    let mut names: HashMap<&str, String> = HashMap::new();
    for level in levels {
        let open = texts.iter().filter(|text| !names.contains_key(**text));
        let made: Vec<_> = open.filter_map(|text| Some((*text, level(text)?))).collect();
        let is_good = |(text, name): &&(&str, String)| {
            let is_free = !is_taken(name) && !names.values().any(|given| given == name);
            is_free && !made.iter().any(|(other, same)| other != text && same == name)
        };
        let good: Vec<_> = made.iter().filter(is_good).cloned().collect();
        names.extend(good);
    }
    number(texts, levels, is_taken, &mut names);
    texts.iter().filter_map(|text| names.get(text).cloned()).collect()
}

/// Gives numbers to what nothing tells apart.
fn number<'t>(
    texts: &[&'t str],
    levels: &[Level],
    is_taken: &dyn Fn(&str) -> bool,
    names: &mut HashMap<&'t str, String>,
) {
    let mut open = texts.to_vec();
    open.retain(|text| !names.contains_key(text));
    open.sort_unstable();
    open.dedup();
    for text in open {
        let base = levels.iter().find_map(|level| level(text)).unwrap_or_else(|| "X".to_owned());
        let is_free = |name: &String| !is_taken(name) && !names.values().any(|given| given == name);
        let name = (2_u32..).map(|number| format!("{base}{number}")).find(is_free);
        names.extend(name.map(|name| (text, name)));
    }
}
