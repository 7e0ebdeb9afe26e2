//! Where in a list of fields or variants something new goes, and what goes with one that is removed.

use std::ops::Range;

use syn::Token;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::token::Brace;

use super::super::edits::Edits;
use super::super::source::range;

/// The fields of a struct, or the variants of an enum, as they stand in a text.
pub(super) struct List<'s, T> {
    pub(super) text: &'s str,
    pub(super) items: &'s Punctuated<T, Token![,]>,
    pub(super) braces: &'s Brace,
}

impl<T: Spanned> List<'_, T> {
    /// Puts lines behind the item at a place, or before all.
    pub(super) fn insert(&self, behind: Option<usize>, lines: &str, edits: &mut Edits) {
        let at = match behind.and_then(|place| self.items.pairs().nth(place)) {
            None => self.braces.span.open().byte_range().end,
            Some(pair) => match pair.punct() {
                Some(comma) => range(comma).end,
                None => {
                    let end = range(*pair.value()).end;
                    edits.insert(end, ",");
                    end
                }
            },
        };
        let (end, is_last) = self.line_end(at);
        let tail = if is_last { "" } else { "\n" };
        edits.insert(end, format!("\n{}{tail}", lines.trim_end_matches('\n')));
    }

    /// Takes away the item at a place, with all that stands above it as part of it.
    pub(super) fn remove(&self, place: usize, edits: &mut Edits) {
        let Some(pair) = self.items.pairs().nth(place) else { return };
        let Range { start, end } = range(*pair.value());
        let end = pair.punct().map_or(end, |comma| range(*comma).end);
        let before = self.text.get(..start).unwrap_or_default();
        let indent = before.len() - before.trim_end_matches([' ', '\t']).len();
        let (line_end, is_last) = self.line_end(end);
        let newline = self.text.get(line_end..).map_or(0, |rest| match rest {
            _ if rest.starts_with("\r\n") => 2,
            _ => 1,
        });
        let is_first = before.trim_end_matches([' ', '\t']).ends_with('\n');
        match is_first && is_last {
            true => edits.remove(start - indent..(line_end + newline).min(self.text.len())),
            false => edits.remove(start..end),
        }
    }

    /// The end of the line from here, if nothing but a comment is there, and whether that is so.
    fn line_end(&self, at: usize) -> (usize, bool) {
        let rest = self.text.get(at..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        let is_last = line.trim().is_empty() || line.trim_start().starts_with("//");
        if is_last { (at + line.trim_end().len(), true) } else { (at, false) }
    }
}
