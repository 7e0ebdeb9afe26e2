//! Items that are new, behind those that are there.

use syn::Item;

use super::super::edits::Edits;
use super::super::lines::Lines;
use super::super::source::{Source, range};

/// The text with these items behind the last of their like: tests stay at the end.
pub(super) fn append(source: &Source<'_>, items: &[String]) -> String {
    let (text, lines) = (source.text, Lines(source.text));
    if items.is_empty() {
        return text.to_owned();
    }
    let items = items.join("\n");
    let items = items.trim_end();
    let mut edits = Edits::default();
    let there = &source.file.items;
    let last = there.iter().rev().find(|item| !is_inner_module(item)).map(range);
    match (last, there.first()) {
        (Some(last), _) => {
            let (end, _) = lines.end(last.end);
            edits.insert(end, format!("\n\n{items}{}", gap(lines.from(end))));
        }
        (None, Some(first)) => {
            let start = lines.with_comment(range(first).start);
            edits.insert(start, format!("{items}\n\n"));
        }
        (None, None) => {
            let end = text.trim_end().len();
            let head = if end == 0 { "" } else { "\n\n" };
            edits.replace(end..text.len(), format!("{head}{items}\n"));
        }
    }
    edits.apply(text)
}

/// A module that stands in the file, as those for tests do.
const fn is_inner_module(item: &Item) -> bool {
    matches!(item, Item::Mod(module) if module.content.is_some())
}

/// What has to stand between an item and the rest of the text.
fn gap(rest: &str) -> &'static str {
    let mut next = rest.lines();
    match (next.next(), next.next()) {
        (Some(same), _) if !same.trim().is_empty() => "\n\n",
        (_, Some(line)) if !line.trim().is_empty() => "\n",
        (None, _) => "\n",
        _ => "",
    }
}
