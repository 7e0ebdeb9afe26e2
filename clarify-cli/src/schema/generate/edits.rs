//! Changes of a text, by their places in it. All else stays as it is, to the byte.

use std::ops::Range;

/// Changes that are yet to be made.
#[derive(Debug, Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts this in the place of what is there.
    pub(super) fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.0.push((range, with.into()));
    }

    /// Puts this before what is there.
    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    pub(super) fn remove(&mut self, range: Range<usize>) {
        self.replace(range, "");
    }

    /// Whether anything that is put in names this.
    pub(super) fn name(&self, name: &str) -> bool {
        self.0.iter().any(|(_, text)| has_word(text, name))
    }

    /// The text with all changes. Of those in one place the first comes first.
    pub(super) fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut changed = String::with_capacity(text.len());
        let mut end = 0;
        for (range, with) in self.0 {
            changed.push_str(text.get(end..range.start).unwrap_or_default());
            // What was taken out of the text has its ends of lines already.
            changed.push_str(&with.replace("\r\n", "\n").replace('\n', newline));
            end = range.end.max(end);
        }
        changed + text.get(end..).unwrap_or_default()
    }
}

/// Whether a text names this.
pub(super) fn has_word(text: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.split(|c| !is_part(c)).any(|word| word == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_changed_stays() {
        let mut edits = Edits::default();
        edits.insert(4, "c");
        edits.replace(0..1, "A");
        edits.insert(4, "d");
        edits.remove(2..3);
        assert_eq!(edits.apply("a-x-z"), "A--cdz");
        assert_eq!(Edits::default().apply("a\r\nb"), "a\r\nb");
    }

    #[test]
    fn lines_end_as_the_others_do() {
        let mut edits = Edits::default();
        edits.insert(3, "b\n");
        assert_eq!(edits.apply("a\r\nc\r\n"), "a\r\nb\r\nc\r\n");
    }
}
