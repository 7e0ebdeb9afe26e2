//! Ticks, and the options of selects.

use clarify_attributes::item_key;
use clarify_schema::{Field, nearest};

/// `true` or `false`, in the words that people use.
pub(crate) fn checkbox(text: &str) -> Result<bool, String> {
    match text.trim().to_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "1" | "on" | "x" | "✓" | "✔" => Ok(true),
        "false" | "f" | "no" | "n" | "0" | "off" => Ok(false),
        // What people answer, and spreadsheets write, in German, French, Spanish and Italian.
        "ja" | "wahr" | "oui" | "vrai" | "sí" | "si" | "sì" | "verdadero" | "vero" => Ok(true),
        "nein" | "falsch" | "non" | "faux" | "falso" => Ok(false),
        _ => Err(format!("`{text}` is neither `true` nor `false`")),
    }
}

/// Whether the text is a tick, so that an empty cell of the same column is its opposite.
pub(crate) fn is_tick(text: &str) -> bool {
    matches!(text.trim(), "x" | "X" | "✓" | "✔")
}

/// The option that is meant, as it spells itself.
pub(crate) fn option<'f>(field: &'f Field, text: &'f str) -> Result<&'f str, String> {
    if field.has_option(text) {
        return Ok(text);
    }
    let key = item_key(text.trim());
    if let Some(option) = field.options.iter().find(|option| item_key(option) == key) {
        return Ok(option);
    }
    let keys: Vec<_> = field.options.iter().map(|option| item_key(option)).collect();
    let near = nearest(&key, keys.iter().map(|key| &**key));
    let place = keys.iter().position(|key| Some(&**key) == near);
    Err(match place.and_then(|place| field.options.get(place)) {
        Some(near) => format!("`{text}` is no option: did you mean `{near}`?"),
        None => format!("`{text}` is no option: there are `{}`", field.options.join("`, `")),
    })
}

#[cfg(test)]
mod tests {
    use clarify_schema::TASK;

    use super::*;

    #[test]
    fn a_checkbox_takes_the_usual_words() {
        for text in ["1", "TRUE", "yes", "x", " Y ", "Ja", "oui", "SÍ", "WAHR"] {
            assert_eq!(checkbox(text), Ok(true), "{text}");
        }
        for text in ["0", "False", "no", "off", "Nein", "non", "FAUX"] {
            assert_eq!(checkbox(text), Ok(false), "{text}");
        }
        assert_eq!(checkbox("maybe").unwrap_err(), "`maybe` is neither `true` nor `false`");
    }

    #[test]
    fn an_option_keeps_its_own_spelling() {
        let status = TASK.field("status").unwrap();
        assert_eq!(option(status, "To Do"), Ok("To Do"));
        assert_eq!(option(status, "to do "), Ok("To Do"));
        assert_eq!(option(status, "Dne").unwrap_err(), "`Dne` is no option: did you mean `Done`?");
        assert!(
            option(status, "7").unwrap_err().starts_with("`7` is no option: there are `To Do`")
        );
    }
}
