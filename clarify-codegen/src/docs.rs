//! Doc comments, from what people wrote about objects and fields.

use heck::ToSnakeCase as _;

/// How wide a line of a doc comment is, without what stands before it.
const WIDTH: usize = 88;

/// What can't stand in a comment, or would change how it is read: the directions of text.
fn is_unwritable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The lines of a doc comment that says this, as words: nothing in it is Markdown.
pub(crate) fn plain(text: &str) -> Vec<String> {
    let text: String = text.chars().map(|c| if is_unwritable(c) { ' ' } else { c }).collect();
    wrap(text.split_whitespace().map(escape))
}

/// The lines of a doc comment that is written as it is to be read.
pub(crate) fn marked(text: &str) -> Vec<String> {
    wrap(text.split_whitespace().map(str::to_owned))
}

fn wrap(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(begins_nothing(word)),
        }
    }
    lines
}

/// What would be a link, a tag, or code.
fn escape(word: &str) -> String {
    let mut escaped = String::with_capacity(word.len());
    for c in word.chars() {
        if matches!(c, '[' | ']' | '<' | '`' | '*' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// The first word of a line, where it would begin a heading, a list, a quote or a table.
fn begins_nothing(word: String) -> String {
    let digits = word.trim_end_matches(['.', ')']);
    let is_number = digits.len() < word.len() && digits.chars().all(|c| c.is_ascii_digit());
    if word.starts_with(['#', '-', '+', '>', '|', '=', '~', '!', '/']) {
        return format!("\\{word}");
    }
    if is_number {
        let end = word.get(digits.len()..).unwrap_or_default();
        return format!("{digits}\\{end}");
    }
    word
}

/// What people call something, as a sentence; else its name in words.
pub(crate) fn title(title: Option<&str>, name: &str) -> Vec<String> {
    let said = title.map(plain).filter(|lines| !lines.is_empty());
    let mut lines = said.unwrap_or_else(|| plain(&in_words(name)));
    if let Some(last) = lines.last_mut()
        && !last.ends_with(['.', '!', '?', ':'])
    {
        last.push('.');
    }
    lines
}

/// `close_date` as `Close date`.
fn in_words(name: &str) -> String {
    let words = name.to_snake_case().replace('_', " ");
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |c| c.to_ascii_uppercase().to_string() + letters.as_str())
}

/// A text as code, if code can hold it.
pub(crate) fn quoted(text: &str) -> String {
    let shown = text.escape_debug().to_string().replace("\\\"", "\"").replace("\\'", "'");
    if shown.contains('`') {
        format!("“{}”", plain(&shown).join(" "))
    } else {
        format!("`{shown}`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_is_no_markdown() {
        let written = "- see [docs]\r\n\n1. <b>bold</b> and `code`\u{202e}";
        assert_eq!(plain(written), ["\\- see \\[docs\\] 1. \\<b>bold\\</b> and \\`code\\`"]);
        assert_eq!(plain("1. first"), ["1\\. first"]);
        assert_eq!(plain("# 1"), ["\\# 1"]);
        assert!(plain(" \n ").is_empty());
    }

    #[test]
    fn long_texts_have_several_lines() {
        let lines = plain(&"- word ".repeat(40));
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH + 1), "{lines:?}");
        assert!(lines.iter().all(|line| !line.starts_with('-')), "{lines:?}");
    }

    #[test]
    fn a_name_without_a_title_is_written_in_words() {
        assert_eq!(title(None, "closeDate"), ["Close date."]);
        assert_eq!(title(Some("Really?"), "x"), ["Really?"]);
        assert_eq!(title(Some(" "), "x"), ["X."]);
    }
}
