//! Numbers: [`Decimal`] for exact ones, `f64`, and the integers.

use clarify_schema::{Decimal, DecimalError, Kind};

use super::{FieldType, Form, Mismatch, Wire, Writer};
use crate::class;

fn json(wire: Wire<'_>) -> Result<&str, Mismatch> {
    match wire {
        Wire::Json(json) => Ok(json),
        Wire::Text(_) => Err(Mismatch::expected("a number", wire)),
    }
}

fn read_decimal(wire: Wire<'_>) -> Result<Decimal, Mismatch> {
    json(wire)?.parse().map_err(|error| match error {
        DecimalError::Syntax => Mismatch::expected("a number", wire),
        _ => Mismatch::new(format!("{error}: found {wire}")),
    })
}

/// Exact: every number that the API can hold.
impl FieldType for Decimal {
    const KIND: Kind = Kind::Number;
    const ALSO: &'static [Kind] = &[Kind::Currency];
    const FORM: Form = Form::Json;
    type Class = class::Number;

    fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
        read_decimal(wire)
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        out.ten_thousandths(self.ten_thousandths());
        Ok(())
    }
}

/// Good for up to 15 digits. A sum such as `0.1 + 0.2` is sent as the `0.3` it stands for; what
/// really has more than four digits after the point is an error, and so is what is not finite.
impl FieldType for f64 {
    const KIND: Kind = Kind::Number;
    const ALSO: &'static [Kind] = &[Kind::Currency];
    const FORM: Form = Form::Json;
    type Class = class::Number;

    fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
        // Rust reads words (`inf`) and forms (`1.`, `+1`) that are no JSON.
        match json(wire)?.parse::<Self>() {
            Ok(number) if number.is_finite() && !is_word(wire) => Ok(number),
            _ => Err(Mismatch::expected("a number", wire)),
        }
    }

    fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
        let count = match exact_count(*self) {
            Some(count) => count,
            None => nearest_decimal(*self)?.ten_thousandths(),
        };
        out.ten_thousandths(count);
        Ok(())
    }
}

fn is_word(wire: Wire<'_>) -> bool {
    matches!(wire, Wire::Json(json) if !json.starts_with(|c: char| c == '-' || c.is_ascii_digit()))
}

/// How many ten-thousandths read as just this `number`. So it is with most that are sent.
fn exact_count(number: f64) -> Option<i64> {
    const STEPS: f64 = 10_000.0;
    // Of up to 15 digits no two numbers are the same `f64`, so that it is shown with those digits.
    const LIMIT: f64 = 1e15;
    let count = (number * STEPS).round();
    (count.abs() < LIMIT && count / STEPS == number).then_some(count as i64)
}

/// The number of four places that `number` is but for binary noise.
fn nearest_decimal(number: f64) -> Result<Decimal, Mismatch> {
    if !number.is_finite() {
        return Err(Mismatch::new(format!("`{number}` is not a number that can be sent")));
    }
    let rounded = format!("{number:.4}");
    let noise = number.abs() * f64::EPSILON * 4.0;
    let close = rounded.parse::<f64>().is_ok_and(|near| (near - number).abs() <= noise);
    if !close {
        return Err(Mismatch::new(format!("`{number}`: {}", DecimalError::TooPrecise)));
    }
    rounded.parse().map_err(|error| Mismatch::new(format!("`{number}`: {error}")))
}

macro_rules! integers {
    ($($integer:ty)*) => {$(
        impl FieldType for $integer {
            const KIND: Kind = Kind::Number;
            const ALSO: &'static [Kind] = &[Kind::Currency];
            const FORM: Form = Form::Json;
            type Class = class::Number;

            fn read(wire: Wire<'_>) -> Result<Self, Mismatch> {
                whole(wire)?.try_into().map_err(|_| out_of_range(wire, Self::MIN.into(), Self::MAX.into()))
            }

            fn write(&self, out: &mut Writer) -> Result<(), Mismatch> {
                write_integer(i128::from(*self), out)
            }
        }
    )*};
}

integers!(i8 i16 i32 i64 u8 u16 u32 u64);

fn whole(wire: Wire<'_>) -> Result<i64, Mismatch> {
    // As most are written: digits alone.
    const LIMIT: u64 = 1_000_000_000_000;
    if let Some(number) = json(wire)?.parse::<i64>().ok().filter(|n| n.unsigned_abs() < LIMIT) {
        return Ok(number);
    }
    let count = read_decimal(wire)?.ten_thousandths();
    if count % 10_000 != 0 {
        return Err(Mismatch::expected("a whole number", wire));
    }
    Ok(count / 10_000)
}

fn out_of_range(wire: Wire<'_>, least: i128, most: i128) -> Mismatch {
    Mismatch::expected(&format!("a whole number from {least} to {most}"), wire)
}

fn write_integer(number: i128, out: &mut Writer) -> Result<(), Mismatch> {
    let count = number.checked_mul(10_000).and_then(|count| i64::try_from(count).ok());
    let decimal = count.ok_or(DecimalError::TooLarge).and_then(Decimal::from_ten_thousandths);
    match decimal {
        Ok(decimal) => out.ten_thousandths(decimal.ten_thousandths()),
        Err(error) => return Err(Mismatch::new(format!("`{number}`: {error}"))),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn write<T: FieldType>(value: T) -> Result<String, String> {
        Writer::one(|out| value.write(out)).map_err(|error| error.to_string())
    }

    fn read<T: FieldType>(json: &str) -> Result<T, String> {
        T::read(Wire::Json(json)).map_err(|error| error.to_string())
    }

    #[test]
    fn floats_are_sent_as_the_numbers_they_stand_for() {
        assert_eq!(write(0.1 + 0.2), Ok("0.3".into()));
        assert_eq!(write(1234.5), Ok("1234.5".into()));
        assert_eq!(write(-0.0), Ok("0".into()));
        assert_eq!(write(1e11), Ok("100000000000".into()));
        for bad in [f64::NAN, f64::INFINITY, 0.12345, 2_000_000_000.000_01, 1e12, 1e-9] {
            write(bad).unwrap_err();
        }
    }

    #[test]
    fn integers_keep_their_range() {
        assert_eq!(read::<u8>("255"), Ok(255));
        assert_eq!(read::<i64>("-5.0"), Ok(-5));
        assert_eq!(
            read::<u8>("256").unwrap_err(),
            "expected a whole number from 0 to 255, found `256`"
        );
        assert_eq!(read::<i32>("1.5").unwrap_err(), "expected a whole number, found `1.5`");
        assert_eq!(read::<i32>("true").unwrap_err(), "expected a number, found `true`");
        assert!(write(u64::MAX).unwrap_err().contains("at most 12 digits"));
    }

    #[test]
    fn words_are_no_numbers() {
        for word in ["inf", "nan", "null", "{}", "+1"] {
            read::<f64>(word).unwrap_err();
        }
    }

    proptest! {
        #[test]
        fn decimals_survive_both_ways(count in -9_999_999_999_999_999_i64..=9_999_999_999_999_999) {
            let number = Decimal::from_ten_thousandths(count).unwrap();
            prop_assert_eq!(read::<Decimal>(&write(number).unwrap()), Ok(number));
        }

        #[test]
        fn floats_of_fifteen_digits_survive_both_ways(count in -999_999_999_999_999_i64..=999_999_999_999_999) {
            let number: f64 = Decimal::from_ten_thousandths(count).unwrap().to_string().parse().unwrap();
            prop_assert_eq!(read::<f64>(&write(number).unwrap()), Ok(number));
        }
    }
}
