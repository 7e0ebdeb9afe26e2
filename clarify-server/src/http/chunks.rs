//! Where a body in chunks ends.

/// A place in a body that comes in chunks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chunks {
    /// In a line that begins with a chunk's length; what was read of that, and whether it goes on.
    Length(u64, bool),
    /// In a chunk: so many bytes are left, with the line's end behind it.
    Data(u64),
    /// In the lines after the last chunk: how many bytes this one has so far.
    Trailer(u64),
}

impl Chunks {
    pub(super) const START: Self = Self::Length(0, true);

    /// How many of the bytes belong to the body, and where it is then; none when it is over.
    pub(super) fn pass(mut self, bytes: &[u8]) -> (usize, Option<Self>) {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if let Self::Data(left) = self {
                let here = (bytes.len() - at).min(usize::try_from(left).unwrap_or(usize::MAX));
                at += here;
                let left = left - here as u64;
                self = if left == 0 { Self::START } else { Self::Data(left) };
                continue;
            }
            at += 1;
            match self.step(*byte) {
                Some(next) => self = next,
                None => return (at, None),
            }
        }
        (at, Some(self))
    }

    fn step(self, byte: u8) -> Option<Self> {
        let digit = || char::from(byte).to_digit(16);
        match (self, byte) {
            (Self::Length(0, _), b'\n') => Some(Self::Trailer(0)),
            (Self::Length(length, _), b'\n') => Some(Self::Data(length.saturating_add(2))),
            (Self::Length(length, true), _) => Some(match digit() {
                Some(digit) => {
                    Self::Length(length.saturating_mul(16).saturating_add(digit.into()), true)
                }
                None => Self::Length(length, false),
            }),
            (Self::Trailer(0), b'\n') => None,
            (Self::Trailer(_), b'\n') => Some(Self::Trailer(0)),
            (Self::Trailer(seen), b'\r') => Some(Self::Trailer(seen)),
            (Self::Trailer(seen), _) => Some(Self::Trailer(seen.saturating_add(1))),
            (same, _) => Some(same),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_found_however_the_bytes_arrive() {
        let body = b"4;x=1\r\nGET \r\nA\r\n0123456789\r\n0\r\nT: v\r\n\r\n";
        let next = b"GET / HTTP/1.1";
        for size in 1..body.len() {
            let (mut place, mut passed) = (Chunks::START, 0);
            for piece in [&body[..], next].concat().chunks(size) {
                let (taken, after) = place.pass(piece);
                passed += taken;
                match after {
                    Some(after) => place = after,
                    None => break,
                }
            }
            assert_eq!(passed, body.len(), "in pieces of {size}");
        }
    }
}
