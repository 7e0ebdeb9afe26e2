//! Where in a list of fields or variants something new goes, and what goes with one that is removed.

use std::ops::Range;

use syn::Token;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::token::Brace;

use super::super::edits::Edits;
use super::super::lines::Lines;
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
        let (end, is_last) = Lines(self.text).end(at);
        let tail = if is_last { "" } else { "\n" };
        edits.insert(end, format!("\n{}{tail}", lines.trim_end_matches('\n')));
    }

    /// Takes away the item at a place, with all that stands above it as part of it.
    pub(super) fn remove(&self, place: usize, edits: &mut Edits) {
        let Some(pair) = self.items.pairs().nth(place) else { return };
        let Range { start, end } = range(*pair.value());
        let end = pair.punct().map_or(end, |comma| range(*comma).end);
        let (line_end, is_last) = Lines(self.text).end(end);
        let line = Lines(self.text).whole(start..line_end);
        edits.remove(line.filter(|_| is_last).unwrap_or(start..end));
    }

    /// Closes the braces, where nothing is left between them.
    pub(super) fn clear(&self, edits: &mut Edits) {
        let body =
            self.braces.span.open().byte_range().end..self.braces.span.close().byte_range().start;
        let has_comment = |text: &str| text.contains("//") || text.contains("/*");
        let mut gaps = vec![body.start];
        for pair in self.items.pairs() {
            let Range { start, end } = range(*pair.value());
            gaps.extend([start, pair.punct().map_or(end, |comma| range(*comma).end)]);
        }
        gaps.push(body.end);
        let mut ends = gaps.chunks_exact(2).map(|gap| match gap {
            [start, end] => Lines(self.text).at(*start..*end),
            _ => "",
        });
        if !ends.any(has_comment) {
            edits.remove(body);
        }
    }
}
