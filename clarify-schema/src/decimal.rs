//! Exact numbers, as the API keeps them.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

const PLACES: i32 = 4;
const SCALE: i64 = 10_000;
const LIMIT: i64 = 10_000_000_000_000_000;

/// A number exactly as the API keeps it: up to 12 digits before the point and 4 after it.
///
/// `f64` holds most of these numbers, but not all: above nine hundred thousand million, neighbours
/// differ by more than 0.0001.
///
/// ```
/// # use clarify_schema::Decimal;
/// let price: Decimal = "999999999999.9999".parse().unwrap();
/// assert_eq!(price.to_string(), "999999999999.9999");
/// assert_eq!("1.50".parse::<Decimal>(), "1.5e0".parse());
/// assert!("0.00001".parse::<Decimal>().is_err());
/// assert!("1000000000000".parse::<Decimal>().is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i64);

// As text: a float of another format would not be exact.
#[cfg(feature = "serde")]
impl serde_core::Serialize for Decimal {
    fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde_core::Deserialize<'de> for Decimal {
    fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde_core::de::Error::custom)
    }
}

/// Why a text is not a [`Decimal`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecimalError {
    /// It is not a number as JSON writes them.
    Syntax,
    /// It has more than 12 digits before the point.
    TooLarge,
    /// It has more than 4 digits after the point.
    TooPrecise,
}

impl fmt::Display for DecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Syntax => "not a number",
            Self::TooLarge => "a number has at most 12 digits before the point",
            Self::TooPrecise => "a number has at most 4 digits after the point",
        })
    }
}

impl std::error::Error for DecimalError {}

impl Decimal {
    /// The number as a count of ten-thousandths, the API's smallest step.
    #[must_use]
    pub const fn ten_thousandths(self) -> i64 {
        self.0
    }

    /// The number that is this many ten-thousandths.
    ///
    /// # Errors
    ///
    /// [`DecimalError::TooLarge`] from 10 to the power of 16 on.
    pub const fn from_ten_thousandths(count: i64) -> Result<Self, DecimalError> {
        if count > -LIMIT && count < LIMIT { Ok(Self(count)) } else { Err(DecimalError::TooLarge) }
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;

    /// Reads a number as JSON writes them, exponents included: what counts is the value, so
    /// `12e2` and `1.50000` are good.
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
            None => (digits, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let well_formed = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let leading_zero = whole.len() > 1 && whole.starts_with('0');
        let dangling = mantissa.ends_with('.');
        if whole.is_empty()
            || dangling
            || leading_zero
            || !well_formed(whole)
            || !well_formed(fraction)
        {
            return Err(DecimalError::Syntax);
        }
        let count = scale(whole, fraction, exponent)?;
        Self::from_ten_thousandths(if negative { -count } else { count })
    }
}

/// An exponent so large that no number of digits makes up for it counts as the largest.
fn read_exponent(text: &str) -> Result<i64, DecimalError> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(DecimalError::Syntax);
    }
    let size = digits.parse::<i32>().map_or(i64::from(i32::MAX), i64::from);
    Ok(if text.starts_with('-') { -size } else { size })
}

/// The digits of `whole` and `fraction`, moved by `exponent`, in ten-thousandths.
fn scale(whole: &str, fraction: &str, exponent: i64) -> Result<i64, DecimalError> {
    let digits: Cow<'_, str> =
        if fraction.is_empty() { whole.into() } else { [whole, fraction].concat().into() };
    let significant = digits.trim_end_matches('0');
    let length = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
    let point = length(whole).saturating_add(exponent);
    if significant.trim_start_matches('0').is_empty() {
        return Ok(0);
    }
    let places = length(significant).saturating_sub(point);
    if places > i64::from(PLACES) {
        return Err(DecimalError::TooPrecise);
    }
    let value: i64 = significant.parse().map_err(|_| DecimalError::TooLarge)?;
    u32::try_from(i64::from(PLACES) - places)
        .ok()
        .and_then(|zeros| 10_i64.checked_pow(zeros))
        .and_then(|factor| value.checked_mul(factor))
        .ok_or(DecimalError::TooLarge)
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, mut fraction) = (self.0 / SCALE, (self.0 % SCALE).abs());
        let sign = if self.0 < 0 { "-" } else { "" };
        if fraction == 0 {
            return write!(f, "{sign}{}", whole.abs());
        }
        let mut places = 4;
        while fraction % 10 == 0 {
            fraction /= 10;
            places -= 1;
        }
        write!(f, "{sign}{}.{fraction:0places$}", whole.abs())
    }
}

impl From<i32> for Decimal {
    fn from(value: i32) -> Self {
        Self(i64::from(value) * SCALE)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<i64, DecimalError> {
        text.parse::<Decimal>().map(Decimal::ten_thousandths)
    }

    #[test]
    fn the_value_counts_and_not_how_it_is_written() {
        for text in ["12.5", "12.50000", "1.25e1", "125E-1", "0.00125e+4"] {
            assert_eq!(read(text), Ok(125_000), "{text}");
        }
        assert_eq!(read("-0"), Ok(0));
        assert_eq!(read("0e999999999999"), Ok(0));
        assert_eq!(read("-999999999999.9999"), Ok(1 - LIMIT));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for text in ["1000000000000", "1e12", "1e999999999999", "99999999999999999999999"] {
            assert_eq!(read(text), Err(DecimalError::TooLarge), "{text}");
        }
        for text in ["0.00001", "1e-5", "1e-999999999999"] {
            assert_eq!(read(text), Err(DecimalError::TooPrecise), "{text}");
        }
        for text in ["", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x1", "NaN", "1 ", "--1"] {
            assert_eq!(read(text), Err(DecimalError::Syntax), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_number_is_read_back_from_its_text(count in 1 - LIMIT..LIMIT) {
            let number = Decimal::from_ten_thousandths(count).unwrap();
            prop_assert_eq!(number.to_string().parse(), Ok(number));
        }

        #[test]
        fn reading_never_panics(text in "[-+0-9.eE]{0,30}") {
            let _ = text.parse::<Decimal>();
        }
    }
}
