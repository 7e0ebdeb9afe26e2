//! Names that are nearly the same.

use crate::Text;

/// The option that is the same but for case, spaces and the like.
pub(super) fn respelled(option: &str, options: &[Text]) -> Option<Text> {
    options.iter().find(|other| letters(other) == letters(option)).cloned()
}

/// Whether two names are the same but for case and the like, or for a slip of the hand.
pub(crate) fn is_like(a: &str, b: &str) -> bool {
    is_slip(&letters(a), &letters(b))
}

/// What counts of a name: its letters and digits, whatever their case.
fn letters(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether one becomes the other by a letter that is added, left out, changed or swapped with its
/// neighbour.
fn is_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let begin = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = |of: &[char]| of.get(begin..).unwrap_or_default().to_vec();
    let (mut a, mut b) = (rest(&a), rest(&b));
    while a.last().is_some() && a.last() == b.last() {
        a.pop();
        b.pop();
    }
    match (&*a, &*b) {
        (a, b) if a.len() <= 1 && b.len() <= 1 => true,
        ([x, y], [v, w]) => (x, y) == (w, v),
        _ => false,
    }
}
