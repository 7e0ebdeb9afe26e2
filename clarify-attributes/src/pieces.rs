//! Objects and lists taken apart that were read as JSON before: where their pieces end is all that is
//! still to be found out.

use std::ops::Range;

use memchr::memchr2;

/// The elements of a list, or the names and values of an object. Nothing is made of what is no JSON, or
/// ends too early, but it may have given some pieces before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pieces<'r> {
    json: &'r str,
    at: usize,
    close: u8,
}

impl<'r> Pieces<'r> {
    /// The elements of a list.
    pub(super) fn of_list(json: &'r str) -> Option<Self> {
        json.starts_with('[').then_some(Self { json, at: 1, close: b']' })
    }

    /// The names and values of an object.
    pub(super) fn of_object(json: &'r str) -> Option<Self> {
        json.starts_with('{').then_some(Self { json, at: 1, close: b'}' })
    }

    /// Whether all pieces were taken.
    pub(super) fn is_over(&mut self) -> bool {
        self.look() == Some(self.close)
    }

    /// Whether nothing stands behind the last piece but the end.
    pub(super) const fn is_whole(&self) -> bool {
        self.at + 1 == self.json.len()
    }

    /// Where the piece stands that comes next, which `follows` divides from the one behind it, if there
    /// is one.
    pub(super) fn next(&mut self, follows: u8) -> Option<Range<usize>> {
        self.look()?;
        let start = self.at;
        self.at += end(self.json.as_bytes().get(start..)?)?;
        let end = self.at;
        let behind = self.look()?;
        if behind != self.close {
            self.at += (behind == follows).then_some(1)?;
        }
        Some(start..end)
    }

    /// The same piece itself.
    pub(super) fn take(&mut self, follows: u8) -> Option<&'r str> {
        let place = self.next(follows)?;
        self.json.get(place)
    }

    /// Goes past a name, if it comes next just so: what is known is not looked through.
    pub(super) fn pass_name(&mut self, name: &str) -> bool {
        let rest = self.json.as_bytes().get(self.at..).and_then(|rest| rest.strip_prefix(b"\""));
        let rest = rest.and_then(|rest| rest.strip_prefix(name.as_bytes()));
        let is_next = rest.is_some_and(|rest| rest.starts_with(b"\":"));
        if is_next {
            self.at += name.len() + "\"\":".len();
        }
        is_next
    }

    /// The same of a value.
    pub(super) fn pass_value(&mut self, value: &str) -> bool {
        let rest = self.json.as_bytes().get(self.at..);
        let rest = rest.and_then(|rest| rest.strip_prefix(value.as_bytes()));
        let Some(behind) = rest.and_then(<[u8]>::first) else { return false };
        let is_next = *behind == b',' || *behind == self.close;
        if is_next {
            self.at += value.len() + usize::from(*behind == b',');
        }
        is_next
    }

    /// What stands behind white space.
    fn look(&mut self) -> Option<u8> {
        loop {
            match self.json.as_bytes().get(self.at)? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Some(*byte),
            }
        }
    }
}

/// Where the value ends that these bytes begin with.
fn end(json: &[u8]) -> Option<usize> {
    match json.first()? {
        b'"' => end_of_text(json),
        b'{' | b'[' => end_of_nest(json),
        _ => json.iter().position(|byte| !is_plain(*byte)).filter(|end| *end > 0),
    }
}

/// Whether a number, `true`, `false` or `null` goes on with this.
const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')
}

fn end_of_text(json: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr2(b'"', b'\\', json.get(at..)?)?;
        if json.get(at) == Some(&b'"') {
            return Some(at + 1);
        }
        at += 2;
    }
}

fn end_of_nest(json: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0_usize, 0_usize);
    loop {
        match json.get(at)? {
            b'"' => at += end_of_text(json.get(at..)?)? - 1,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;
    use serde_json::value::RawValue;

    use super::*;

    fn elements(json: &str) -> Option<Vec<&str>> {
        let (mut pieces, mut all) = (Pieces::of_list(json)?, Vec::new());
        while !pieces.is_over() {
            all.push(pieces.take(b',')?);
        }
        Some(all)
    }

    fn json() -> impl Strategy<Value = Value> {
        let text = r#"[a-zü"\\{}\[\],:\n ]{0,8}"#;
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            text.prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 5, move |inner| {
            let members = prop::collection::btree_map(text, inner.clone(), 0..5);
            prop_oneof![
                prop::collection::vec(inner, 0..5).prop_map(Value::from),
                members.prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn pieces_are_what_a_parser_sees(list in prop::collection::vec(json(), 0..5)) {
            for text in [serde_json::to_string(&list), serde_json::to_string_pretty(&list)] {
                let text = text.unwrap();
                let parsed: Vec<&RawValue> = serde_json::from_str(&text).unwrap();
                let parsed: Vec<_> = parsed.iter().map(|element| element.get()).collect();
                prop_assert_eq!(elements(&text), Some(parsed));
            }
        }

        #[test]
        fn what_is_no_json_comes_to_an_end(text in r#"\[[a1"\\{}\[\],: ]{0,24}"#) {
            let _ = elements(&text);
        }
    }
}
