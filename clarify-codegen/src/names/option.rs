//! The names of variants for the texts of options.

use std::collections::HashSet;

use clarify_schema::option_text;
use deunicode::deunicode_char;
use heck::ToUpperCamelCase as _;

use super::{Level, distinct};

/// The name of the variant for each option, in their order; `taken` are names that the enum has already.
pub(crate) fn variants(options: &[&str], taken: &HashSet<String>) -> Vec<String> {
    let levels: [Level; 4] = [exact, plain, spelled, coded];
    distinct(options, &levels, &|name| name == "Self" || taken.contains(name))
}

/// The name of the variant that keeps unknown options.
pub(crate) fn other(is_taken: impl Fn(&str) -> bool) -> String {
    let names = ["Other", "Unknown", "Unlisted"].map(str::to_owned).into_iter();
    let numbered = (2_u32..).map(|number| format!("Other{number}"));
    names.chain(numbered).find(|name| !is_taken(name)).unwrap_or_default()
}

/// The name of which the derive makes this text.
fn exact(option: &str) -> Option<String> {
    let name = option.replace(' ', "");
    let is_name = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric());
    // Lints want `Url` for `URL`.
    let is_shouted = name.len() > 2 && !name.contains(|c: char| c.is_ascii_lowercase());
    (is_name && !is_shouted && option_text(&name) == option).then_some(name)
}

/// The words of it in ASCII, without signs.
fn plain(option: &str) -> Option<String> {
    name(option.chars().map(|c| match c {
        _ if c.is_ascii_alphanumeric() => c.to_string(),
        // An apostrophe is within a word.
        '\'' | '’' => String::new(),
        _ if c.is_ascii() => " ".to_owned(),
        _ => in_ascii(c),
    }))
}

/// A letter of any script as the sound that it has, an emoji as what it shows.
fn in_ascii(c: char) -> String {
    let text = deunicode_char(c).unwrap_or(" ");
    // Of a script without letters each sign is a word.
    let is_word = text.len() > 2;
    if is_word { format!(" {text} ") } else { text.to_owned() }
}

/// The words of it, and the names of signs.
fn spelled(option: &str) -> Option<String> {
    name(option.chars().map(|c| match (sign(c), c.is_ascii()) {
        (Some(sign), _) => format!(" {sign} "),
        (None, true) => c.to_string(),
        (None, false) => in_ascii(c),
    }))
}

fn sign(c: char) -> Option<&'static str> {
    Some(match c {
        '+' => "plus",
        '-' => "minus",
        '−' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '%' => "percent",
        '&' => "and",
        '#' => "hash",
        '@' => "at",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "bang",
        '?' => "question",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '$' => "dollar",
        '€' => "euro",
        '£' => "pound",
        '~' => "tilde",
        '^' => "caret",
        '|' => "bar",
        '_' => "underscore",
        '(' | ')' | '[' | ']' | '{' | '}' => "bracket",
        _ => return None,
    })
}

/// The letters and digits of it, and the code points of all else but spaces.
fn coded(option: &str) -> Option<String> {
    name(option.chars().map(|c| match c {
        ' ' => " ".to_owned(),
        _ if c.is_ascii_alphanumeric() => c.to_string(),
        _ => format!(" u{:x} ", u32::from(c)),
    }))
}

/// The words in one, as variants are called; nothing, if there are none.
fn name(parts: impl Iterator<Item = String>) -> Option<String> {
    let text: String = parts.collect();
    let mut name = String::new();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_upper_camel_case) {
        let meets = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if meets(name.chars().last()) && meets(word.chars().next()) {
            name.push('_');
        }
        name.push_str(&word);
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, 'N');
    }
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(options: &[&str]) -> Vec<String> {
        variants(options, &HashSet::new())
    }

    #[test]
    fn options_keep_their_words() {
        let options = ["Draft", "In Progress", "VP", "US West", "URL", "on hold", "Don't know"];
        let expected = ["Draft", "InProgress", "VP", "USWest", "Url", "OnHold", "DontKnow"];
        assert_eq!(names(&options), expected);
    }

    #[test]
    fn numbers_have_a_letter_before_them() {
        assert_eq!(names(&["1-10", "11-50", "500+", "2024"]), ["N1_10", "N11_50", "N500", "N2024"]);
    }

    #[test]
    fn other_scripts_and_pictures_are_spelled_in_ascii() {
        assert_eq!(names(&["Größe", "完了", "Готово"]), ["Grosse", "WanLiao", "Gotovo"]);
        assert_eq!(names(&["🔥 Hot", "★"]), ["FireHot", "U2605"]);
    }

    #[test]
    fn signs_tell_options_apart_where_words_do_not() {
        assert_eq!(names(&["A+", "A-", "B"]), ["APlus", "AMinus", "B"]);
        assert_eq!(names(&["A", "A+"]), ["A", "APlus"]);
        assert_eq!(names(&["+", "-"]), ["Plus", "Minus"]);
        assert_eq!(names(&["Done", "done", "DONE"]), ["Done", "Done3", "Done2"]);
        assert_eq!(names(&["Self"]), ["Self2"]);
        assert_eq!(names(&["\u{2028}", "\u{2029}"]), ["U2028", "U2029"]);
    }

    #[test]
    fn names_do_not_depend_on_the_order() {
        let (there, back) = (["A+", "a", "A-", "A"], ["A", "A-", "a", "A+"]);
        let mut reversed = names(&back);
        reversed.reverse();
        assert_eq!(names(&there), reversed);
    }

    #[test]
    fn the_variant_for_unknown_options_gives_way() {
        assert_eq!(other(|_| false), "Other");
        assert_eq!(other(|name| name == "Other"), "Unknown");
    }
}
