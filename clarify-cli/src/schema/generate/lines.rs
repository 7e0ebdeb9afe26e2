//! Places in a text, and the lines that they are in.

use std::ops::Range;

use super::edits::Edits;

const BLANK: [char; 2] = [' ', '\t'];

/// A text of lines.
#[derive(Clone, Copy)]
pub(super) struct Lines<'t>(pub(super) &'t str);

impl<'t> Lines<'t> {
    pub(super) fn at(self, range: Range<usize>) -> &'t str {
        self.0.get(range).unwrap_or_default()
    }

    pub(super) fn before(self, at: usize) -> &'t str {
        self.0.get(..at).unwrap_or_default()
    }

    pub(super) fn from(self, at: usize) -> &'t str {
        self.0.get(at..).unwrap_or_default()
    }

    /// Where the line of this place begins.
    pub(super) fn start(self, at: usize) -> usize {
        self.before(at).rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// The blanks before what stands here, if it is the first of its line.
    pub(super) fn indent(self, at: usize) -> Option<&'t str> {
        let indent = self.at(self.start(at)..at);
        indent.trim_matches(BLANK).is_empty().then_some(indent)
    }

    /// The end of the line from here, if nothing but a comment is there, and whether that is so.
    pub(super) fn end(self, at: usize) -> (usize, bool) {
        let line = self.from(at).lines().next().unwrap_or_default();
        let is_last = line.trim().is_empty() || line.trim_start().starts_with("//");
        if is_last { (at + line.trim_end().len(), true) } else { (at, false) }
    }

    /// What stands here, as whole lines where it shares them with nothing.
    pub(super) fn whole(self, range: Range<usize>) -> Option<Range<usize>> {
        let indent = self.indent(range.start)?;
        let rest = self.from(range.end);
        let gap = rest.len() - rest.trim_start_matches(BLANK).len();
        let end = range.end + gap;
        Some(range.start - indent.len()..end + newline(self.from(end))?)
    }

    /// The same, with an empty line before or behind it, where there is one on both sides.
    pub(super) fn paragraph(self, range: Range<usize>) -> Range<usize> {
        let Some(Range { start, end }) = self.whole(range.clone()) else { return range };
        let before = self.before(start);
        let kept = before.trim_end().len();
        let is_apart = before.get(kept..).unwrap_or_default().matches('\n').count() > 1;
        let rest = self.from(end);
        if rest.trim().is_empty() && kept > 0 {
            let first = newline(self.from(kept)).unwrap_or(0);
            return kept + first..self.0.len();
        }
        match newline(rest) {
            Some(line) if is_apart || kept == 0 => start..end + line,
            _ => start..end,
        }
    }

    /// Where a thing begins with the comment right above it.
    pub(super) fn with_comment(self, at: usize) -> usize {
        let mut start = self.start(at);
        while start > 0 {
            let above = self.start(start - 1);
            if !self.from(above).trim_start_matches(BLANK).starts_with("//") {
                break;
            }
            // What is said of the whole file.
            if self.from(above).starts_with("//!") {
                break;
            }
            start = above;
        }
        start
    }

    /// Puts an attribute before what stands here: on a line of its own, if that has one.
    pub(super) fn insert_attribute(self, at: usize, attribute: &str, edits: &mut Edits) {
        match self.indent(at) {
            Some(indent) => edits.insert(at, format!("{}\n{indent}", attribute.trim())),
            None => edits.insert(at, format!("{} ", attribute.trim())),
        }
    }
}

/// How long the end of a line is that stands here; nothing where the line goes on.
fn newline(rest: &str) -> Option<usize> {
    match rest {
        "" => Some(0),
        _ if rest.starts_with("\r\n") => Some(2),
        _ if rest.starts_with('\n') => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str, part: &str) -> String {
        let start = text.find(part).unwrap();
        let mut edits = Edits::default();
        edits.remove(Lines(text).paragraph(start..start + part.len()));
        edits.apply(text)
    }

    #[test]
    fn a_paragraph_goes_with_one_of_the_empty_lines_around_it() {
        assert_eq!(without("a\n\nb\n\nc\n", "b"), "a\n\nc\n");
        assert_eq!(without("a\r\n\r\nb\r\n\r\nc\r\n", "b"), "a\r\n\r\nc\r\n");
        assert_eq!(without("a\n\nb\n", "b"), "a\n");
        assert_eq!(without("a\n\nb", "b"), "a\n");
        assert_eq!(without("b\n\nc\n", "b"), "c\n");
        assert_eq!(without("a\n\n// x\nb\n\nc\n", "b"), "a\n\n// x\n\nc\n");
        assert_eq!(without("a\nb\nc\n", "b"), "a\nc\n");
        assert_eq!(without("a b c\n", "b"), "a  c\n");
        assert_eq!(without("b\n", "b"), "");
    }

    #[test]
    fn a_comment_right_above_belongs_to_what_stands_below() {
        let start = |text: &str| Lines(text).with_comment(text.find('x').unwrap());
        assert_eq!(start("// a\n\n// b\n// c\nx"), 6);
        assert_eq!(start("//! a\n// b\nx"), 6);
        assert_eq!(start("// a\n\nx"), 6);
        assert_eq!(start("x"), 0);
    }
}
