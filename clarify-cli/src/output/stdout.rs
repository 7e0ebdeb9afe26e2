//! The standard output, buffered.

use std::io::{self, BufWriter, IsTerminal as _, Write};

use super::Form;

/// The standard output. Where it is a terminal, nothing in data is a command to it: what JSON and CSV
/// keep for programs is shown as `?`. A table is made for people, and has nothing of the kind.
pub(crate) fn stdout(form: Form) -> Box<dyn Write> {
    let out = io::stdout();
    let is_harmless = form == Form::Table || !out.is_terminal();
    let out = BufWriter::new(out.lock());
    if is_harmless { Box::new(out) } else { Box::new(Harmless { out, after_c2: false }) }
}

/// Writes control characters as `?`, but for the ends of lines and tabs.
struct Harmless<W> {
    out: W,
    /// Whether the last byte was `C2`, which begins the characters from `U+0080` on: the first 32 of
    /// them are commands, too.
    after_c2: bool,
}

impl<W: Write> Harmless<W> {
    fn byte(&mut self, byte: u8) -> io::Result<()> {
        match (std::mem::take(&mut self.after_c2), byte) {
            (true, 0x80..=0x9f) => self.out.write_all(b"?"),
            (true, _) => self.out.write_all(&[0xc2, byte]),
            (false, 0xc2) => {
                self.after_c2 = true;
                Ok(())
            }
            (false, b'\n' | b'\t') => self.out.write_all(&[byte]),
            (false, 0..0x20 | 0x7f) => self.out.write_all(b"?"),
            (false, _) => self.out.write_all(&[byte]),
        }
    }
}

impl<W: Write> Write for Harmless<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        bytes.iter().try_for_each(|byte| self.byte(*byte))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_to_a_terminal_are_not_written() {
        let mut harmless = Harmless { out: Vec::new(), after_c2: false };
        write!(harmless, "a\u{1b}[31m\u{9b}b\u{7f}\r\n").unwrap();
        write!(harmless, "é ° 日本").unwrap();
        assert_eq!(String::from_utf8(harmless.out).unwrap(), "a?[31m?b??\né ° 日本");
    }
}
