//! Where a field of a struct is said.

use std::fs;

use super::Place;

/// The line of a struct's field, by its name on the wire: where it is declared, or renamed. What can't
/// be found is told of the whole struct.
pub(super) fn of_field(of_struct: &Place, field: &str) -> Option<usize> {
    let text = fs::read_to_string(&of_struct.file).ok()?;
    line_of(&text, of_struct.line?, field)
}

fn line_of(text: &str, of_struct: usize, field: &str) -> Option<usize> {
    let lines = text.lines().enumerate().skip(of_struct.saturating_sub(1));
    let mut depth = 0_usize;
    let mut declared = None;
    let mut is_begun = false;
    for (place, line) in lines {
        // What stands before the struct in its line, such as a module's head, is none of it.
        let line = match is_begun {
            true => line,
            false => begun(line).unwrap_or_default(),
        };
        is_begun |= !line.is_empty();
        depth += line.matches('{').count();
        if depth == 1 && is_renamed(line, field) {
            return Some(place + 1);
        }
        if depth == 1 && declared.is_none() && is_declared(line, field) {
            declared = Some(place + 1);
        }
        depth = depth.saturating_sub(line.matches('}').count());
        if depth == 0 && line.contains(['}', ';']) {
            break;
        }
    }
    declared
}

/// What a line has of the struct that begins in it.
fn begun(line: &str) -> Option<&str> {
    let is_comment = line.trim_start().starts_with("//");
    line.split_once("struct ").filter(|_| !is_comment).map(|(_, of_struct)| of_struct)
}

fn is_declared(line: &str, field: &str) -> bool {
    let line = line.trim_start();
    let code = match line.starts_with('#') {
        true => line.rsplit_once(']').map_or("", |(_, code)| code),
        false => line,
    };
    let Some((before, _)) = code.split_once(':').filter(|_| !code.starts_with("//")) else {
        return false;
    };
    let name = before.rsplit([' ', '(', ',', '{', '\t']).find(|word| !word.is_empty());
    name.is_some_and(|name| name.trim_start_matches("r#") == field)
}

fn is_renamed(line: &str, field: &str) -> bool {
    let line = line.replace(' ', "");
    line.contains(&format!("rename=\"{field}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_in_its_struct() {
        let text = r#"
struct Other { note: String }
#[derive(ClarifyObject)]
pub struct Order {
    /// The number: a text.
    pub(crate) number: String,
    #[clarify(rename = "state")]
    status: Option<Status>,
    r#type_of: Option<String>,
    #[clarify(unique)] pub code: String,
}
struct Last { late: String }
"#;
        let found = |field| line_of(text, 4, field);
        assert_eq!(found("number"), Some(6));
        assert_eq!(found("state"), Some(7));
        assert_eq!((found("type_of"), found("code")), (Some(9), Some(10)));
        assert_eq!((found("note"), found("late"), found("more")), (None, None, None));
        assert_eq!(line_of(text, 2, "note"), Some(2));
    }

    #[test]
    fn what_stands_before_a_struct_is_none_of_it() {
        let text = r#"pub mod m { use x::Y; pub struct Same {
    pub number: String,
    #[clarify(rename = "state")]
    pub status: String,
} }
pub mod n { pub mod o {
    #[derive(ClarifyObject)] #[clarify(object = "c_same")]
    /// The struct of others: { a text.
    pub struct Other {
        pub number: String,
    }
    pub struct Unit;
    pub struct Late { number: String }
} }
"#;
        assert_eq!((line_of(text, 1, "number"), line_of(text, 1, "state")), (Some(2), Some(3)));
        assert_eq!((line_of(text, 1, "more"), line_of(text, 6, "number")), (None, Some(10)));
        assert_eq!((line_of(text, 7, "number"), line_of(text, 12, "number")), (Some(10), None));
    }
}
